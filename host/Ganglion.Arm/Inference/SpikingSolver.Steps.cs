using Ganglion.Basics.Space;

namespace Ganglion.Arm.Inference;

/// <summary>The steps of a search: proposals, what their outcomes teach, and fresh starts.</summary>
public sealed partial class SpikingSolver
{
    private void Propose()
    {
        double size = Math.Sqrt(_error), share = Math.Min(1, LongestStep / size), pull = Centring * Math.Min(1, size / CentringError);
        Span<double> rest = stackalloc double[TipTask.MostRows];
        _task.Write(_deviation.Position, _deviation.Rotation, rest);
        for (int row = 0; row < _rows; row++)
        {
            rest[row] *= share;
        }

        for (int i = 0; i < _n; i++)
        {
            double centring = pull * (_middle - _at[i]);
            _proposal[i] = _at[i] + centring;
            // What the pull does to the tip is made up for as well.
            for (int row = 0; row < _rows; row++)
            {
                rest[row] -= _jacobian.Values[row * _n + i] * centring;
            }
        }

        _step.Take(_jacobian.Values, _rows, _task.Read(rest), _metresPerRadian, _attempt.Damping, _proposal, _model.Arm.InputMin,
            _model.Arm.InputMax);
    }

    private void Learn(in Pose measured)
    {
        for (int i = 0; i < _n; i++)
        {
            _move[i] = _proposal[i] - _at[i];
        }

        Span<double> change = stackalloc double[TipTask.MostRows];
        _task.Write(measured.Position - _tip.Position, (measured.Orientation * _tip.Orientation.Conjugate).RotationVector, change);
        _jacobian.Update(_move, change[.._rows]);
    }

    private void Linearise(double[] around)
    {
        _linearisation.Begin(around);
        _due = Due.Jacobian;
    }

    /// <summary>One network run, or a few, of what is due; returns how many.</summary>
    private int Work()
    {
        if (_due == Due.Jacobian)
        {
            int runs = _linearisation.Work();
            if (!_linearisation.Usable)
            {
                return runs;
            }

            _due = Due.Nothing;
            _linearisation.Values.CopyTo(_jacobian.Values);
            _jacobian.Restart();
            if (!_starting)
            {
                Propose();
            }

            return runs;
        }

        if (_restart.Work(_task, _proposal))
        {
            _due = Due.Nothing;
        }

        return 1;
    }

    private void Restart()
    {
        Restarts++;
        _starting = true;
        if (_bestError < _near * _near && Restarts % 2 == 1)
        {
            _restart.Scatter(_best, _proposal);
            _due = Due.Nothing;
            return;
        }

        _restart.Begin();
        _due = Due.Restart;
    }
}
