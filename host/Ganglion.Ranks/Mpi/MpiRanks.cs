using System.Text;

namespace Ganglion.Ranks.Mpi;

/// <summary>Ranks that MPI started: on one machine, or on many.</summary>
public sealed unsafe class MpiRanks : IRanks
{
    /// <summary>Tag of what is told: the greatest that every MPI has.</summary>
    private const int Told = 32_767;

    /// <summary>Tag of a rank's part of what all share.</summary>
    private const int Part = Told - 1;

    /// <summary>
    /// Floats from which on parts go from each rank to each by themselves. From there on, 512 KiB, MPICH's own way is a ring in pieces of
    /// 32 KiB, each of which waits for the one before. Best times of 12 s on two busy cores, two ranks, 0.57 MB each (MPICH 4.0.2):
    /// 17 to 112 ms that way and 0.7 to 5.9 ms this way; 114 to 133 us and 36 to 50 us where UCX copies through the kernel.
    /// </summary>
    private const int LongShare = 128 << 10;

    /// <summary>
    /// Longest that the library may take to end after all ranks have come to their end. That of MPICH up to 4.1 over TCP may wait for ever:
    /// a rank that is done waits where it answers nobody, while another waits for its answer (mended by its pull request 6596 of 2023; seen
    /// with Debian's 4.0.2 in half of all runs of a program of ten lines). Nothing is lost by leaving then.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static MpiRanks? _joined;

    private readonly List<int> _requests = [];
    private int[] _counts = [], _waited = [];

    private MpiRanks(int rank, int count, int onThisMachine) => (Rank, Count, OnThisMachine) = (rank, count, onThisMachine);

    public int Rank { get; }

    public int Count { get; }

    public int OnThisMachine { get; }

    /// <summary>Joins the other ranks that were started with this one; alone it is a <see cref="SoloRanks"/>, and no MPI is looked for.
    /// Once a process.</summary>
    /// <exception cref="RanksException">Several were started, and there is no MPI that fits; the words name the package.</exception>
    public static IRanks Join()
    {
        Launch launch = Launch.Here;
        if (!launch.IsSeveral)
        {
            return new SoloRanks();
        }

        if (launch.IsOpenMpi)
        {
            throw new RanksException($"started as {launch.Count} ranks by the {launch.By}, and Ganglion is bound to the library of " +
                $"MPICH: start it with MPICH's mpirun (Debian: apt-get install mpich; it is called mpirun.mpich beside Open MPI's).");
        }

        if (!MpiNative.Load())
        {
            throw new RanksException($"started as {launch.Count} ranks by {launch.By}, and there is no library of MPICH " +
                $"(libmpich.so.12 or libmpi.so.12): install it on every machine (Debian: apt-get install mpich), or start ganglion " +
                $"without {launch.By}.");
        }

        byte* text = stackalloc byte[MpiNative.MaxString];
        Check(MpiNative.LibraryVersion(text, out int length));
        string version = Encoding.UTF8.GetString(text, length).Split('\n')[0].Replace('\t', ' ').Trim();
        Check(MpiNative.Init(null, null, MpiNative.Serialized, out int provided));
        Check(MpiNative.SetErrorHandler(MpiNative.World, MpiNative.ErrorsReturn));
        Check(MpiNative.Rank(MpiNative.World, out int rank));
        Check(MpiNative.Size(MpiNative.World, out int count));
        if (count != launch.Count || provided < MpiNative.Serialized)
        {
            Check(MpiNative.Finalise());
            throw new RanksException(count != launch.Count
                ? $"{launch.By} started {launch.Count} ranks, and the MPI that is installed ({version}) sees {count}: the two do not " +
                    $"belong together. Use the mpirun of that MPI; under Slurm, srun --mpi=pmi2."
                : $"the MPI that is installed ({version}) was built without threads: install one that has them (Debian: mpich).");
        }

        Check(MpiNative.Split(MpiNative.World, MpiNative.Shared, rank, MpiNative.Info, out int machine));
        Check(MpiNative.Size(machine, out int onThisMachine));
        return _joined = new MpiRanks(rank, count, onThisMachine);
    }

    /// <summary>The process ends. With a result that all ranks have alike it waits for the others; a failure of this one alone ends them
    /// all, since they would wait for it for ever.</summary>
    /// <param name="code">Its exit code.</param>
    /// <param name="isAlike">Whether all ranks end so.</param>
    public static void Leave(int code, bool isAlike)
    {
        if (_joined is not { } all)
        {
            return;
        }

        _joined = null;
        if (!isAlike)
        {
            _ = MpiNative.Abort(MpiNative.World, code);
            return;
        }

        try
        {
            all.Agree(0);
        }
        catch (RanksException)
        {
            // Who is lost is not waited for.
        }

        using var end = new Timer(_ => MpiNative.Exit(code), null, Patience, Timeout.InfiniteTimeSpan);
        _ = MpiNative.Finalise();
    }

    public void Send(int to, int tag, float* data, int length)
    {
        Check(MpiNative.Send(data, length, MpiNative.Float, to, tag, MpiNative.World, out int request));
        _requests.Add(request);
    }

    public void Receive(int from, int tag, float* into, int length)
    {
        Check(MpiNative.Receive(into, length, MpiNative.Float, from, tag, MpiNative.World, out int request));
        _requests.Add(request);
    }

    public void WaitAll()
    {
        if (_waited.Length < _requests.Count)
        {
            _waited = new int[_requests.Count];
        }

        _requests.CopyTo(_waited);
        fixed (int* requests = _waited)
        {
            Check(MpiNative.WaitAll(_requests.Count, requests, MpiNative.NoStatuses));
        }

        _requests.Clear();
    }

    public void Share(float* all, ReadOnlySpan<int> starts)
    {
        if (starts[Count] - starts[0] < LongShare)
        {
            Share(all, starts, MpiNative.Float);
            return;
        }

        int own = starts[Rank + 1] - starts[Rank];
        for (int other = 0; other < Count; other++)
        {
            int theirs = starts[other + 1] - starts[other];
            if (other != Rank && theirs > 0)
            {
                Receive(other, Part, all + starts[other], theirs);
            }
        }

        for (int other = 0; other < Count; other++)
        {
            if (other != Rank && own > 0)
            {
                Send(other, Part, all + starts[Rank], own);
            }
        }

        WaitAll();
    }

    public void Share(Span<byte> all, ReadOnlySpan<int> starts)
    {
        fixed (byte* data = all)
        {
            Share(data, starts, MpiNative.Byte);
        }
    }

    public void Tell(int to, ReadOnlySpan<byte> message)
    {
        fixed (byte* data = message)
        {
            Check(MpiNative.SendNow(data, message.Length, MpiNative.Byte, to, Told, MpiNative.World));
        }
    }

    public byte[] Hear(int from)
    {
        Check(MpiNative.Probe(from, Told, MpiNative.World, out MpiNative.Status status));
        return Take(status);
    }

    public bool TryHear(out int from, out byte[] message)
    {
        Check(MpiNative.ProbeNow(MpiNative.Anybody, Told, MpiNative.World, out int isThere, out MpiNative.Status status));
        (from, message) = isThere != 0 ? (status.Source, Take(status)) : (0, []);
        return isThere != 0;
    }

    private static byte[] Take(in MpiNative.Status status)
    {
        Check(MpiNative.Count(status, MpiNative.Byte, out int length));
        byte[] message = new byte[length];
        fixed (byte* into = message)
        {
            Check(MpiNative.ReceiveNow(into, length, MpiNative.Byte, status.Source, Told, MpiNative.World, out _));
        }

        return message;
    }

    /// <summary>Nothing: <see cref="Leave"/> ends it, when it is known how.</summary>
    public void Dispose()
    {
    }

    private void Share(void* all, ReadOnlySpan<int> starts, int type)
    {
        if (_counts.Length != Count)
        {
            _counts = new int[Count];
        }

        for (int rank = 0; rank < Count; rank++)
        {
            _counts[rank] = starts[rank + 1] - starts[rank];
        }

        fixed (int* counts = _counts, first = starts)
        {
            Check(MpiNative.AllGather(MpiNative.InPlace, 0, type, all, counts, first, type, MpiNative.World));
        }
    }

    private static void Check(int code)
    {
        if (code == 0)
        {
            return;
        }

        byte* text = stackalloc byte[MpiNative.MaxString];
        throw new RanksException(MpiNative.ErrorString(code, text, out int length) == 0
            ? $"MPI: {Encoding.UTF8.GetString(text, length)}" : $"MPI: error {code}");
    }
}
