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
}
