using System.Device.I2c;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// MPU-6050, accelerometer and gyroscope (InvenSense RM-MPU-6000A): +-4 g, +-500 degrees/s, 44 Hz low-pass; one
    /// 14-byte burst a tick.
    /// </summary>
    /// <remarks>
    /// Wiring: VDD 3.3 V, SDA and SCL with pull-ups, AD0 to GND or VDD for address 0x68 or 0x69, INT open; x forward, y left, z up.
    /// Registers by their numbers in the register map: 0x1A CONFIG, 0x1B GYRO_CONFIG, 0x1C ACCEL_CONFIG, 0x3B..0x48 readings, 0x6B
    /// PWR_MGMT_1, 0x75 WHO_AM_I.
    /// </remarks>
    public sealed class Mpu6050 : SensorChip
    {
        private const byte WhoAmI = 0x75;
        private const byte WhoAmIValue = 0x68;
        private const int BurstLength = 14;

        private static readonly byte[] WakeUp = { 0x6B, 0x01 };          // PWR_MGMT_1: clock from the gyroscope
        private static readonly byte[] Ranges = { 0x1A, 0x03, 0x08, 0x08 }; // CONFIG, GYRO_CONFIG, ACCEL_CONFIG

        private readonly byte[] _register = { 0x3B };
        private readonly byte[] _who = { WhoAmI };
        private readonly byte[] _data = new byte[BurstLength];

        public Mpu6050(I2cDevice device, int index, ChipHealth health)
            : base(device, index, health)
        {
        }

        public override bool Setup()
        {
            return WriteRead(_who, _data, 1) && _data[0] == WhoAmIValue && Write(WakeUp, 0, 2) && Write(Ranges, 0, 4);
        }

        public override void Read(SensorReadings readings)
        {
            byte[] data = _data;
            if (!WriteRead(_register, data, BurstLength))
            {
                return;
            }

            // Written out: a loop would cost the tick twice as much. Two bytes of temperature stand between acceleration and rate.
            int[] imu = readings.Imu;
            imu[0] = (short)((data[0] << 8) | data[1]);
            imu[1] = (short)((data[2] << 8) | data[3]);
            imu[2] = (short)((data[4] << 8) | data[5]);
            imu[3] = (short)((data[8] << 8) | data[9]);
            imu[4] = (short)((data[10] << 8) | data[11]);
            imu[5] = (short)((data[12] << 8) | data[13]);
            readings.ImuFresh = true;
        }
    }
}
