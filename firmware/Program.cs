namespace Ganglion.Firmware
{
    public static class Program
    {
        public static void Main()
        {
        }
    }
}
