using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ganglion.Dashboard.Guard;

/// <summary>What became of an attempt to enter.</summary>
internal enum Entry
{
    /// <summary>The token is right; there is a session.</summary>
    Granted,

    /// <summary>The token is wrong.</summary>
    Wrong,

    /// <summary>Too many wrong ones came from there; this one was not looked at.</summary>
    TooMany,
}

/// <summary>
/// Who may see and steer where the page is not on loopback: a token of 128 random bits, exchanged for a session of 256, which travels as a
/// cookie that no script can read. Tokens and sessions are compared by their hashes in constant time and are kept nowhere else.
/// </summary>
internal sealed class AccessToken
{
    /// <summary>Wrong tokens from one address before it has to wait, and for how long each counts, ms.</summary>
    private const int MostWrong = 5, WrongFor = 60_000;

    /// <summary>Addresses that are remembered, for as long as one of their wrong tokens counts; all others share one account.</summary>
    private const int MostAddresses = 256;

    /// <summary>Sessions at a time; the oldest ends for a new one.</summary>
    private const int MostSessions = 64;

    private const int LongestToken = 128;

    private readonly byte[] _hash;
    private readonly Queue<byte[]> _sessions = new();
    private readonly Dictionary<IPAddress, Queue<long>> _wrong = [];
    private readonly Lock _lock = new();
    private readonly Func<long> _milliseconds;

    /// <param name="milliseconds">A clock.</param>
    public AccessToken(Func<long> milliseconds)
    {
        _milliseconds = milliseconds;
        Text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _hash = Hash(Text);
    }

    /// <summary>The token, for the person at the terminal.</summary>
    public string Text { get; }

    /// <summary>Exchanges a token for a session.</summary>
    /// <param name="token">As given.</param>
    /// <param name="from">Who gives it.</param>
    /// <param name="session">The new session; empty if there is none.</param>
    public Entry TryEnter(string token, IPAddress from, out string session)
    {
        session = "";
        lock (_lock)
        {
            long now = _milliseconds();
            Forget(now);
            IPAddress account = _wrong.ContainsKey(from) || _wrong.Count < MostAddresses ? from : IPAddress.Any;
            if (_wrong.TryGetValue(account, out Queue<long>? wrong) && wrong.Count >= MostWrong)
            {
                return Entry.TooMany;
            }

            if (token.Length > LongestToken || !CryptographicOperations.FixedTimeEquals(Hash(token), _hash))
            {
                if (wrong == null)
                {
                    _wrong.Add(account, wrong = new Queue<long>());
                }

                wrong.Enqueue(now);
                return Entry.Wrong;
            }

            session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            _sessions.Enqueue(Hash(session));
            if (_sessions.Count > MostSessions)
            {
                _sessions.Dequeue();
            }

            return Entry.Granted;
        }
    }

    /// <summary>Whether a session is one of ours; all are compared, so that time tells nothing.</summary>
    public bool Knows(string? session)
    {
        if (session == null || session.Length > LongestToken)
        {
            return false;
        }

        byte[] hash = Hash(session);
        bool known = false;
        lock (_lock)
        {
            foreach (byte[] one in _sessions)
            {
                known |= CryptographicOperations.FixedTimeEquals(one, hash);
            }
        }

        return known;
    }

    /// <summary>Drops what no longer counts, and the accounts that nothing is left of.</summary>
    private void Forget(long now)
    {
        foreach ((IPAddress account, Queue<long> wrong) in _wrong)
        {
            while (wrong.TryPeek(out long oldest) && now - oldest > WrongFor)
            {
                wrong.Dequeue();
            }

            if (wrong.Count == 0)
            {
                _wrong.Remove(account);
            }
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
