using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ganglion.Basics;

namespace Ganglion.Neurons.Files;

/// <summary>One named float32 tensor, row-major.</summary>
/// <param name="Name">Name in the file, unique.</param>
/// <param name="Shape">Sizes, none negative; their product is the length of <paramref name="Data"/>.</param>
/// <param name="Data">The numbers.</param>
public sealed record Tensor(string Name, int[] Shape, float[] Data);

/// <summary>
/// The safetensors file format, float32 only: 8 bytes little-endian header length, a JSON header (name to dtype, shape and data_offsets,
/// and text under __metadata__) padded with spaces to a multiple of 8, then the tensors' bytes without gaps, little-endian.
/// </summary>
public static class SafeTensors
{
    private const int LongestHeader = 16 << 20, LongestFile = 1 << 30;

    /// <summary>
    /// Writes a file that replaces an old one only when it is complete. Throws <see cref="ArgumentException"/> for a tensor that does not
    /// fit its shape, <see cref="IOException"/> when the disk will not take it.
    /// </summary>
    public static void Write(string path, IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (Tensor tensor in tensors)
            {
                WriteFloats(stream, tensor.Data);
            }
        });
    }

    /// <summary>
    /// Reads all tensors and the metadata. Throws <see cref="InvalidDataException"/>, saying what is wrong where, when the file is not a
    /// whole and consistent safetensors file of float32 tensors.
    /// </summary>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path} is a folder, not a model file; name one of its files.");
        }

        byte[] bytes = BoundedFile.Read(path, LongestFile);
        try
        {
            return Parse(bytes);
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            throw new InvalidDataException($"{path} is not a readable model file: {failure.Message} Restore it or train the model " +
                $"again.", failure);
        }
    }

    /// <summary>Reads the metadata alone, without the tensors; throws as <see cref="Read"/> does.</summary>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] start = new byte[8];
        try
        {
            file.ReadExactly(start);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
            if (length > LongestHeader)
            {
                throw new InvalidDataException("its header does not fit the file.");
            }

            byte[] header = new byte[length];
            file.ReadExactly(header);
            using var json = JsonDocument.Parse(header);
            return json.RootElement.TryGetProperty("__metadata__", out JsonElement metadata)
                ? metadata.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString() ?? "")
                : new Dictionary<string, string>();
        }
        catch (Exception failure) when (IsDamage(failure) || failure is EndOfStreamException)
        {
            throw new InvalidDataException($"{path} is not a readable model file: {failure.Message} Restore it or train the model " +
                $"again.", failure);
        }
    }

    // What a JSON document throws that is none, or not of the expected form; a name that is there twice is an ArgumentException.
    private static bool IsDamage(Exception failure) => failure is InvalidDataException or JsonException or InvalidOperationException
        or FormatException or OverflowException or ArgumentException;

    private static byte[] Header(IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (Tensor tensor in tensors)
            {
                if (tensor.Shape.Aggregate(1L, (product, size) => checked(product * size)) != tensor.Data.Length)
                {
                    throw new ArgumentException($"tensor {tensor.Name}: {tensor.Data.Length} numbers do not fill " +
                        $"[{string.Join(", ", tensor.Shape)}].");
                }

                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Data.Length * (long)sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (text.Length % 8 != 0)
        {
            text.WriteByte((byte)' ');
        }

        return text.ToArray();
    }

    private static void WriteFloats(Stream stream, float[] data)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(data.AsSpan()));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (float value in data)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static (IReadOnlyDictionary<string, Tensor>, IReadOnlyDictionary<string, string>) Parse(byte[] bytes)
    {
        ulong headerLength = bytes.Length < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (headerLength > (ulong)Math.Min(LongestHeader, Math.Max(0, bytes.Length - 8)))
        {
            throw new InvalidDataException("its header does not fit the file.");
        }

        var body = new ReadOnlyMemory<byte>(bytes, 8 + (int)headerLength, bytes.Length - 8 - (int)headerLength);
        using var header = JsonDocument.Parse(new ReadOnlyMemory<byte>(bytes, 8, (int)headerLength));
        if (header.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("its header is no object.");
        }

        var tensors = new Dictionary<string, Tensor>();
        var metadata = new Dictionary<string, string>();
        var extents = new List<(long Begin, long End, string Name)>();
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                foreach (JsonProperty item in entry.Value.EnumerateObject())
                {
                    metadata[item.Name] = item.Value.GetString() ?? throw new InvalidDataException($"metadata {item.Name} is not text.");
                }

                continue;
            }

            (Tensor tensor, long begin, long end) = ParseTensor(entry, body);
            if (!tensors.TryAdd(tensor.Name, tensor))
            {
                throw new InvalidDataException($"tensor {tensor.Name} is there twice.");
            }

            extents.Add((begin, end, tensor.Name));
        }

        CheckNoGaps(extents, body.Length);
        return (tensors, metadata);
    }

    private static (Tensor Tensor, long Begin, long End) ParseTensor(JsonProperty entry, ReadOnlyMemory<byte> body)
    {
        string? type = entry.Value.TryGetProperty("dtype", out JsonElement dtype) ? dtype.GetString() : null;
        if (type != "F32" || !entry.Value.TryGetProperty("shape", out JsonElement shape) || !entry.Value.TryGetProperty("data_offsets",
            out JsonElement offsets)
            || offsets.GetArrayLength() != 2)
        {
            throw new InvalidDataException($"tensor {entry.Name} is not described as F32 with shape and data_offsets.");
        }

        int[] sizes = [.. shape.EnumerateArray().Select(size => size.GetInt32())];
        long count = sizes.Aggregate(1L, (product, size) => size < 0
            ? throw new InvalidDataException($"tensor {entry.Name} has a negative size.") : checked(product * size));
        (long begin, long end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (begin < 0 || end < begin || end > body.Length || end - begin != count * sizeof(float))
        {
            throw new InvalidDataException($"tensor {entry.Name} has data_offsets {begin}..{end} that do not fit its shape or the file.");
        }

        ReadOnlySpan<byte> source = body.Span[(int)begin..(int)end];
        float[] data = new float[count];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = BinaryPrimitives.ReadSingleLittleEndian(source[(i * sizeof(float))..]);
        }

        return (new Tensor(entry.Name, sizes, data), begin, end);
    }

    private static void CheckNoGaps(List<(long Begin, long End, string Name)> extents, long length)
    {
        long expected = 0;
        foreach ((long begin, long end, string name) in extents.OrderBy(extent => extent.Begin).ThenBy(extent => extent.End))
        {
            if (begin != expected)
            {
                throw new InvalidDataException($"there is a gap or an overlap before tensor {name}.");
            }

            expected = end;
        }

        if (expected != length)
        {
            throw new InvalidDataException($"it holds {length} bytes of tensors where its header promises {expected}.");
        }
    }
}
