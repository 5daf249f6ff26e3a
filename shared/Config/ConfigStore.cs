using System;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Config
{
    /// <summary>
    /// The configuration as one transaction: bytes are collected aside and take effect only when all are there, their
    /// CRC-32 is the announced one and every value is usable. Until then, and if anything fails, the old configuration
    /// stays whole.
    /// </summary>
    public sealed class ConfigStore
    {
        /// <summary>Bytes of a board's name: a robot's, a slash, a board's in it.</summary>
        public const int MaxName = 97;

        private readonly Checksum _checksum;
        private readonly int _profile;
        private byte[] _active = new byte[ConfigLayout.MaxSize];
        private byte[] _staged = new byte[ConfigLayout.MaxSize];
        private byte[] _stagedName = new byte[0];
        private int _stagedLength;
        private uint _announcedCrc;
        private int _received;

        public ConfigStore(Checksum checksum, int profile)
        {
            _checksum = checksum;
            _profile = profile;
        }

        /// <summary>The configuration in force, or null.</summary>
        public BoardConfig Config;

        /// <summary>CRC-32 of its bytes; 0 if there is none.</summary>
        public uint Hash;

        /// <summary>Its length in bytes.</summary>
        public int Length;

        /// <summary>Which board of which robot it was made for, ASCII; empty if that was not said.</summary>
        public byte[] Name = new byte[0];

        /// <summary>The bytes in force, for reading back.</summary>
        public byte[] Active { get { return _active; } }

        /// <summary>Bytes of the running transaction received so far.</summary>
        public int Received { get { return _received; } }

        /// <summary>What Commit found wrong, see Link.ConfigField.</summary>
        public byte FaultField;
        public int FaultIndex;

        /// <summary>Starts a transaction; an unfinished one is forgotten.</summary>
        /// <param name="length">Bytes of the configuration.</param>
        /// <param name="crc">Their CRC-32.</param>
        /// <param name="source">Holds the name of the board that it was made for.</param>
        /// <param name="nameAt">Where the name begins.</param>
        /// <param name="nameLength">0..MaxName.</param>
        public byte Begin(int length, uint crc, byte[] source, int nameAt, int nameLength)
        {
            FaultField = 0;
            FaultIndex = 0;
            _received = 0;
            _stagedLength = 0;
            if (length > ConfigLayout.MaxSize || length < ConfigLayout.HeaderSize)
            {
                return Reason.ConfigTooLong;
            }

            _stagedLength = length;
            _announcedCrc = crc;
            _stagedName = new byte[nameLength];
            Array.Copy(source, nameAt, _stagedName, 0, nameLength);
            return Reason.None;
        }

        /// <summary>Takes the next bytes; blocks come in order.</summary>
        public byte Block(int offset, byte[] source, int sourceOffset, int count)
        {
            if (offset != _received || offset + count > _stagedLength)
            {
                return Reason.ConfigIncomplete;
            }

            Array.Copy(source, sourceOffset, _staged, offset, count);
            _received += count;
            return Reason.None;
        }

        /// <summary>Checks the whole and puts it in force. The caller then applies <see cref="Config"/>.</summary>
        public byte Commit()
        {
            FaultField = 0;
            FaultIndex = 0;
            if (_stagedLength == 0 || _received != _stagedLength)
            {
                return Reason.ConfigIncomplete;
            }

            uint crc = _checksum.Compute(_staged, 0, _stagedLength);
            if (crc != _announcedCrc)
            {
                return Reason.ConfigChecksum;
            }

            BoardConfig config = new BoardConfig();
            if (!config.Load(_staged, _stagedLength, _profile))
            {
                FaultField = config.FaultField;
                FaultIndex = config.FaultIndex;
                return Reason.ConfigInvalid;
            }

            byte[] previous = _active;
            _active = _staged;
            _staged = previous;
            Length = _stagedLength;
            Hash = crc;
            Config = config;
            Name = _stagedName;
            _stagedLength = 0;
            _received = 0;
            return Reason.None;
        }
    }
}
