namespace Ganglion.Basics.Text;

/// <summary>A column that a table of numbers has to have.</summary>
/// <param name="Name">In small letters.</param>
/// <param name="Unit">For messages, such as m/s.</param>
public readonly record struct NumberColumn(string Name, string Unit);

/// <summary>
/// A table of numbers as people write them: a line of names, in any order, and a line of numbers a row. Columns are parted by commas,
/// semicolons or tabs; decimals follow a point; names and numbers may stand in quotes. Empty lines and lines that begin with # are passed
/// over.
/// </summary>
public sealed class NumberTable
{
    private readonly string _file;
    private readonly NumberColumn[] _columns;
    private readonly string _hole;
    private readonly List<double[]> _rows = [];
    private readonly List<int> _lines = [];
    private int[] _places = [];
    private int _cells;
    private char _parting = ',';

    /// <param name="file">Its name for messages.</param>
    /// <param name="columns">What it has to have; what else there is is passed over.</param>
    /// <param name="hole">What to do about an empty cell, behind a semicolon.</param>
    private NumberTable(string file, NumberColumn[] columns, string hole) => (_file, _columns, _hole) = (file, columns, hole);

    /// <summary>The columns asked for, in the order asked for, row by row.</summary>
    public IReadOnlyList<double[]> Rows => _rows;

    /// <summary>Lines of the text in which the rows stand, from 1.</summary>
    public IReadOnlyList<int> Lines => _lines;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The table.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="columns">What it has to have.</param>
    /// <param name="hole">What to do about an empty cell; it ends a sentence.</param>
    /// <param name="other">What is wrong about a column of another name, a sentence; null: it is passed over.</param>
    /// <exception cref="InvalidDataException">It is refused; the message has file, line, fault and cure.</exception>
    public static NumberTable Parse(string text, string file, NumberColumn[] columns, string hole, Func<string, string>? other = null)
    {
        var table = new NumberTable(file, columns, hole);
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            if (line.Trim() is not { Length: > 0 } row || row[0] == '#')
            {
                continue;
            }

            if (table._places.Length == 0)
            {
                table.ReadNames(line.ToString(), number, other);
            }
            else
            {
                table._rows.Add(table.Row(line.ToString().Split(table._parting), number));
                table._lines.Add(number);
            }
        }

        return table._places.Length > 0 ? table : throw new InvalidDataException($"{file}: there is no table in it; begin with a line " +
            $"'{string.Join(',', columns.Select(column => column.Name))}' [{string.Join(", ", columns.Select(column => column.Unit))}].");
    }

    private void ReadNames(string line, int number, Func<string, string>? other)
    {
        _parting = line.Contains('\t') ? '\t' : line.Contains(';') ? ';' : ',';
        string[] names = [.. line.Split(_parting).Select(cell => cell.Trim().Trim('"').ToLowerInvariant())];
        if (other != null && names.FirstOrDefault(name => !_columns.Any(column => column.Name == name)) is { } unknown)
        {
            throw Fault(number, other(unknown));
        }

        _cells = names.Length;
        _places = [.. _columns.Select(column => names.Count(name => name == column.Name) switch
        {
            1 => Array.IndexOf(names, column.Name),
            0 => throw Fault(number, $"there is no column '{column.Name}' among {string.Join(", ", names)}; the first line names " +
                $"{string.Join(", ", _columns.Select(wanted => $"{wanted.Name} [{wanted.Unit}]"))}."),
            int count => throw Fault(number, $"{count} columns are called '{column.Name}'; keep one of them."),
        })];
    }

    private double[] Row(string[] cells, int number)
    {
        if (cells.Length != _cells)
        {
            throw Fault(number, $"{cells.Length} cells, and the first line names {_cells}" + (_parting == ',' && cells.Length == 2 * _cells
                ? "; if commas stand before decimals, write points (0.25)."
                : "; give each row a cell for each column."));
        }

        double[] row = new double[_columns.Length];
        for (int i = 0; i < row.Length; i++)
        {
            string cell = cells[_places[i]].Trim().Trim('"');
            if (!NumberText.TryRead(cell, out row[i]))
            {
                throw Fault(number, cell.Length == 0 ? $"{_columns[i].Name} is empty; {_hole}."
                    : $"{_columns[i].Name} is '{cell}', which is no number{NumberText.Hint(cell, whole: false)}.");
            }
        }

        return row;
    }

    private InvalidDataException Fault(int line, string words) => new($"{_file}:{line}: {words}");
}
