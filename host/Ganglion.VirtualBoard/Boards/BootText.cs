using System.Text;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>What an ESP32's boot ROM and loader say on UART0 after a reset, at 115200 baud whatever the application uses.</summary>
internal static class BootText
{
    public const int Baud = 115200;

    /// <summary>From reset to the first character, ns.</summary>
    public const long DelayNs = 5_000_000;

    public static readonly byte[] Rom = Encoding.ASCII.GetBytes(
        "ets Jul 29 2019 12:21:46\r\n\r\nrst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n" +
        "configsip: 0, SPIWP:0xee\r\nclk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00\r\n" +
        "mode:DIO, clock div:2\r\nload:0x3fff0030,len:7184\r\nentry 0x400806f4\r\n");
}
