namespace Ganglion.Cli.Tests.Board;

public class FlashTests
{
    [Fact]
    public void An_image_needs_a_folder_with_assemblies()
    {
        using var scratch = new Scratch();
        string image = scratch.At("image.bin");
        Assert.Contains("there is no such folder", GanglionProcess.Run("flash", "image", scratch.At("none"), "-o", image).Refused(1));
        Directory.CreateDirectory(scratch.At("empty"));
        Assert.Contains("no .pe file is there", GanglionProcess.Run("flash", "image", scratch.At("empty"), "-o", image).Refused(1));
        Directory.CreateDirectory(scratch.At("other"));
        File.WriteAllText(scratch.At("other/a.pe"), "MZ");
        Assert.Contains("a.pe: no nanoFramework assembly", GanglionProcess.Run("flash", "image", scratch.At("other"), "-o", image)
            .Refused(1));
        Assert.False(File.Exists(image));
    }

    [Fact]
    public void Without_a_board_it_says_what_to_do_next()
    {
        using var scratch = new Scratch();

        // On a machine with boards of its own it speaks of those.
        Assert.Matches("no serial port is plugged in, so there is no board to write. Connect one|ports are there|Take the image of",
            GanglionProcess.Run("flash", "--image", scratch.At("none.bin")).Errors);
        string missing = GanglionProcess.Run("flash", "--port", scratch.At("none"), "--image", scratch.At("none.bin")).Refused(1);
        Assert.Contains("Take the image of a release, or build the firmware", missing);
    }

    [Theory]
    [InlineData("flash --board base", "give --robot too")]
    [InlineData("flash --robot trunk25-4g --port A B", "2 ports were given, and 3 boards of trunk25-4g are meant")]
    [InlineData("flash --robot trunk10-4g --target ESP32_S3_QUAD --port A", "by its description trunk10-4g/base is an ESP32")]
    [InlineData("flash --target ESP32_REV3 --port A", "Those that are: ESP32_PSRAM_REV3, ESP32_S3_QUAD, ESP32_S3_OCTAL")]
    public void Options_that_do_not_go_together_are_refused(string line, string told) =>
        Assert.Contains(told, InProcess.Run(line.Split(' ')).Refused(2));
}
