namespace Ganglion.Ranks;

/// <summary>Ranks that are threads of one process and hand each other what they send: the same work without an MPI.</summary>
public sealed unsafe class ThreadRanks : IRanks
{
    private readonly Meeting _meeting;
    private readonly List<(int From, int Tag, nint Into, int Length)> _receives = [];
    private readonly List<Parcel> _sent = [];

    private ThreadRanks(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    public int Rank { get; }

    public int Count => _meeting.Count;

    public int OnThisMachine => Count;

    /// <summary>Runs the same work as every rank, rank 0 on this thread. The first failure of any is thrown again; the others are let go
    /// with a <see cref="RanksException"/>.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="work">What each does.</param>
    public static void Run(int count, Action<IRanks> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var meeting = new Meeting(count);
        Thread[] others = [.. Enumerable.Range(1, count - 1).Select(rank => new Thread(() => Guard(rank))
        {
            IsBackground = true, Name = $"rank {rank}"
        })];
        Array.ForEach(others, thread => thread.Start());
        Guard(0);
        Array.ForEach(others, thread => thread.Join());
        meeting.ThrowFailure();

        void Guard(int rank)
        {
            try
            {
                using var ranks = new ThreadRanks(meeting, rank);
                work(ranks);
            }
            catch (Exception failure)
            {
                meeting.Fail(failure);
            }
        }
    }

    public void Send(int to, int tag, float* data, int length)
    {
        var parcel = new Parcel(Rank, to, tag, (nint)data, length);
        _sent.Add(parcel);
        _meeting.Put(parcel);
    }

    public void Receive(int from, int tag, float* into, int length) => _receives.Add((from, tag, (nint)into, length));

    public void WaitAll()
    {
        foreach ((int from, int tag, nint into, int length) in _receives)
        {
            Parcel parcel = _meeting.Take(from, Rank, tag);
            new ReadOnlySpan<float>((void*)parcel.Data, parcel.Length).CopyTo(new Span<float>((void*)into, length));
            _meeting.Done(parcel);
        }

        foreach (Parcel parcel in _sent)
        {
            _meeting.WaitFor(parcel);
        }

        _receives.Clear();
        _sent.Clear();
    }

    public void Share(float* all, ReadOnlySpan<int> starts) =>
        Share(new Span<byte>(all, starts[^1] * sizeof(float)), starts, sizeof(float));

    public void Share(Span<byte> all, ReadOnlySpan<int> starts) => Share(all, starts, 1);

    public void Tell(int to, ReadOnlySpan<byte> message) => _meeting.Tell(Rank, to, message.ToArray());

    public byte[] Hear(int from) => _meeting.Hear(from, Rank);

    public bool TryHear(out int from, out byte[] message) => _meeting.TryHear(Rank, out from, out message);

    public void Dispose()
    {
    }

    private void Share(Span<byte> all, ReadOnlySpan<int> starts, int size)
    {
        fixed (byte* mine = all)
        {
            _meeting.Lay(Rank, (nint)mine);
            for (int rank = 0; rank < Count; rank++)
            {
                int first = starts[rank] * size, length = (starts[rank + 1] - starts[rank]) * size;
                if (rank != Rank)
                {
                    new ReadOnlySpan<byte>((byte*)_meeting.Laid(rank) + first, length).CopyTo(all.Slice(first, length));
                }
            }

            _meeting.Meet();
        }
    }

    private sealed record Parcel(int From, int To, int Tag, nint Data, int Length)
    {
        public bool IsTaken { get; set; }
    }

    /// <summary>Where the threads meet.</summary>
    private sealed class Meeting(int count)
    {
        private readonly object _gate = new();
        private readonly List<Parcel> _parcels = [];
        private readonly nint[] _laid = new nint[count];
        private readonly List<(int From, int To, byte[] Message)> _told = [];
        private int _here;
        private long _round;
        private Exception? _failure;

        public int Count => count;

        public void Put(Parcel parcel) => Change(() => _parcels.Add(parcel));

        public Parcel Take(int from, int to, int tag)
        {
            Parcel? found = null;
            Wait(() => (found = _parcels.Find(one => one.From == from && one.To == to && one.Tag == tag)) != null);
            Change(() => _parcels.Remove(found!));
            return found!;
        }

        public void Done(Parcel parcel) => Change(() => parcel.IsTaken = true);

        public void WaitFor(Parcel parcel) => Wait(() => parcel.IsTaken);

        public void Lay(int rank, nint data)
        {
            _laid[rank] = data;
            Meet();
        }

        public nint Laid(int rank) => _laid[rank];

        public void Meet()
        {
            long round = 0;
            Change(() =>
            {
                round = _round;
                if (++_here == count)
                {
                    (_here, _round) = (0, _round + 1);
                }
            });
            Wait(() => _round != round);
        }

        public void Tell(int from, int to, byte[] message) => Change(() => _told.Add((from, to, message)));

        public byte[] Hear(int from, int to)
        {
            byte[]? message = null;
            Wait(() => (message = Take(one => one.To == to && one.From == from)?.Message) != null);
            return message!;
        }

        public bool TryHear(int to, out int from, out byte[] message)
        {
            lock (_gate)
            {
                (int From, int To, byte[] Message)? one = Take(told => told.To == to);
                (from, message) = (one?.From ?? 0, one?.Message ?? []);
                return one != null ? true : _failure == null ? false
                    : throw new RanksException($"another rank ended: {_failure.Message}");
            }
        }

        public void Fail(Exception failure) => Change(() => _failure ??= failure);

        public void ThrowFailure()
        {
            if (_failure != null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
            }
        }

        private (int From, int To, byte[] Message)? Take(Predicate<(int From, int To, byte[] Message)> which)
        {
            int at = _told.FindIndex(which);
            if (at < 0)
            {
                return null;
            }

            (int From, int To, byte[] Message) one = _told[at];
            _told.RemoveAt(at);
            return one;
        }

        private void Change(Action change)
        {
            lock (_gate)
            {
                change();
                Monitor.PulseAll(_gate);
            }
        }

        private void Wait(Func<bool> until)
        {
            lock (_gate)
            {
                while (!until())
                {
                    if (_failure != null)
                    {
                        throw new RanksException($"another rank ended: {_failure.Message}");
                    }

                    Monitor.Wait(_gate);
                }
            }
        }
    }
}
