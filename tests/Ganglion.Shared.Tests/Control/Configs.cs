using Ganglion.Shared.Config;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Control;

/// <summary>Configurations for tests, byte by byte from PROTOCOL.md.</summary>
internal static class Configs
{
    /// <summary>Servo channels on as many PCA9685 as needed, optionally an IMU and a walking rhythm.</summary>
    public static byte[] Servos(int channels, byte onSafe = OnSafe.Release, bool imu = false, int rhythmChannels = 0,
        int rhythmTimeoutS = 5)
    {
        int pwm = (channels + 15) / 16, chips = pwm + (imu ? 1 : 0), oscillators = rhythmChannels > 0 ? 7 : 0;
        var parameters = new KimuraParameters(7) { Count = 7 };
        WalkingNetwork.Fill(parameters, 0.7f, true, true);
        var couplings = new List<(int To, int From)>();
        for (int k = 0; k < 49 && oscillators > 0; k++)
        {
            if (parameters.Weights[k] != 0)
            {
                couplings.Add((k / 7, k % 7));
            }
        }

        using var stream = new MemoryStream();
        using var w = new BinaryWriter(stream);
        w.Write((ushort)1); w.Write((byte)1); w.Write((byte)20);
        w.Write((ushort)80); w.Write((ushort)400); w.Write((ushort)rhythmTimeoutS); w.Write((ushort)1000);
        w.Write((byte)5); w.Write((byte)chips); w.Write((byte)channels);
        w.Write((byte)oscillators); w.Write((byte)couplings.Count); w.Write((byte)rhythmChannels);
        w.Write((ushort)400); w.Write((ushort)0); w.Write((ushort)0);
        for (int i = 0; i < pwm; i++)
        {
            w.Write((byte)ChipType.Pca9685); w.Write((byte)1); w.Write((byte)(0x40 + i)); w.Write((byte)0);
            w.Write((ushort)500); w.Write((ushort)25000);
        }

        if (imu)
        {
            w.Write((byte)ChipType.Mpu6050); w.Write((byte)1); w.Write((byte)0x68); w.Write((byte)1);
            w.Write(0u);
        }

        for (int i = 0; i < channels; i++)
        {
            w.Write((byte)(i / 16)); w.Write((byte)(i % 16)); w.Write((byte)(i & 1)); w.Write(onSafe);
            w.Write((ushort)4488); w.Write((ushort)19512); w.Write((short)(i - 3));
            w.Write((short)0); w.Write((short)16384); w.Write((ushort)3584); w.Write((short)8192);
        }

        for (int i = 0; i < oscillators; i++)
        {
            w.Write(parameters.RiseTime[i] = 0.139f); w.Write(0.246f); w.Write(0.375f); w.Write(3.414f); w.Write(1.79f);
            w.Write((uint)parameters.Quarter[i]);
        }

        foreach ((int to, int from) in couplings)
        {
            w.Write((byte)to); w.Write((byte)from); w.Write(parameters.Weights[to * 7 + from]);
        }

        for (int i = 0; i < rhythmChannels; i++)
        {
            w.Write((byte)i); w.Write((byte)(i % 7)); w.Write((ushort)0); w.Write(0.5f); w.Write(0.4f);
        }

        return stream.ToArray();
    }
}
