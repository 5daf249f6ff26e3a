using System.Device.I2c;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// MPU-6050, accelerometer and gyroscope (InvenSense RM-MPU-6000A): +-4 g, +-500 degrees/s, 44 Hz low-pass; one
    /// 14-byte burst a tick. Boards sold under its name often carry another chip of the family with the same registers.
    /// </summary>
    /// <remarks>
    /// Wiring: VDD 3.3 V, SDA and SCL with pull-ups, AD0 to GND or VDD for address 0x68 or 0x69, INT open; x forward, y left, z up.
    /// Registers by their numbers in the register map: 0x1A CONFIG, 0x1B GYRO_CONFIG, 0x1C ACCEL_CONFIG, 0x3B..0x48 readings, 0x6B
    /// PWR_MGMT_1, 0x75 WHO_AM_I. From the MPU-6500 on the accelerometer has its own low-pass in 0x1D ACCEL_CONFIG_2 (RM-MPU-6500A).
    /// </remarks>
    public sealed class Mpu6050 : SensorChip
    {
        private const byte WhoAmI = 0x75;
        private const byte Original = 0x68;
        private const int BurstLength = 14;

        private static readonly byte[] WakeUp = { 0x6B, 0x01 };          // PWR_MGMT_1: clock from the gyroscope
        private static readonly byte[] Ranges = { 0x1A, 0x03, 0x08, 0x08, 0x03 }; // CONFIG, GYRO_CONFIG, ACCEL_CONFIG, ACCEL_CONFIG_2

        /// <summary>Chips with these registers, by what they answer to WHO_AM_I: MPU-6050, MPU-6500, MPU-9250, clones without a data
        /// sheet, MPU-9255, MPU-6515, ICM-20689, ICM-20602, ICM-20608.</summary>
        private static readonly byte[] Known = { Original, 0x70, 0x71, 0x72, 0x73, 0x74, 0x98, 0x12, 0xAF };

        private readonly byte[] _register = { 0x3B };
        private readonly byte[] _whoAmI = { WhoAmI };
        private readonly byte[] _who = new byte[1];
        private readonly byte[] _data = new byte[BurstLength];
        private bool _isStranger;

        public Mpu6050(I2cDevice device, Bus bus, int index, ChipHealth health)
            : base(device, bus, index, health)
        {
        }

        public override bool Setup()
        {
            _isStranger = false;
            if (!WriteRead(_whoAmI, _who))
            {
                return false;
            }

            _isStranger = true;
            for (int i = 0; i < Known.Length; i++)
            {
                _isStranger &= Known[i] != _who[0];
            }

            return !_isStranger && Write(WakeUp, 0, 2) && Write(Ranges, 0, _who[0] == Original ? 4 : 5);
        }

        public override int Missing { get { return _isStranger ? Index | ChipHealth.Stranger | (_who[0] << 8) : Index; } }

        public override void Read(SensorReadings readings)
        {
            byte[] data = _data;
            if (!WriteRead(_register, data))
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
