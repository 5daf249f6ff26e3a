using Ganglion.Flash.Writing;

namespace Ganglion.Flash.Tests.Writing;

/// <summary>Where nanoff is found, how it comes, and what it means.</summary>
public sealed class NanoffTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-nanoff").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_found_on_the_path_and_where_it_was_installed()
    {
        string tools = Path.Combine(_folder, "ours");
        Assert.Null(Nanoff.Find(_folder, tools));
        var fake = new FakeNanoff(tools);
        Assert.NotNull(Nanoff.Find(_folder, tools));
        Assert.NotNull(Nanoff.Find($"/nowhere{Path.PathSeparator}{fake.Folder}", "/nowhere"));
    }

    /// <summary>The lines that dotnet 10 prints where no feed has the tool, and the exit code that it gives.</summary>
    [Fact]
    public void A_registry_without_it_is_told_with_the_way_by_hand()
    {
        string path = Dotnet("echo \"nanoff is not found in NuGet feeds https://registry.example/v3/index.json.\" >&2; exit 1");
        string message = Assert.Throws<FlashException>(() => Nanoff.Install(path, Path.Combine(_folder, "ours"), _ => { }, default))
            .Message;
        Assert.Contains("nanoff is not found in NuGet feeds", message);
        Assert.Contains("`dotnet tool install --global nanoff`", message);
        Assert.EndsWith("Nothing was written.", message);
    }

    [Fact]
    public void A_registry_that_has_it_installs_it_into_our_own_folder()
    {
        string tools = Path.Combine(_folder, "ours");
        string path = Dotnet($"echo \"$*\" > {_folder}/asked; mkdir -p {tools}; touch {tools}/nanoff");
        Assert.NotNull(Nanoff.Install(path, tools, _ => { }, default));
        Assert.Equal($"tool install nanoff --tool-path {tools}", File.ReadAllText(Path.Combine(_folder, "asked")).Trim());
    }

    [Theory]
    [InlineData(160, "x\nError E4003: Failed to write new firmware to ESP32.\n",
        "nanoff says: E4003: Failed to write new firmware to ESP32")]
    [InlineData(45, "*** \nCouldn't find this target!\n****\n\nE9005\r\n",
        "nanoff says: E9005: Can't find the target in Cloudsmith repository. (Couldn't find this target!)")]
    [InlineData(163, "Flashing deployment partition...Error E4003: Failed to write new firmware to ESP32. (no answer)\n",
        "nanoff says: E4003: Failed to write new firmware to ESP32. (no answer)")]
    [InlineData(40, "ERROR(S):\n  Option 'verbosity' is unknown.\n", "nanoff says: E9000: Invalid or missing arguments")]
    [InlineData(1, "E1234\n", "nanoff says: E1234:")]
    [InlineData(134, "Unhandled exception. Boom.\n", "nanoff ended with exit code 134: Unhandled exception. Boom")]
    public void Its_failures_are_told_in_its_own_words(int code, string output, string cause)
    {
        (string told, string remedy) = NanoffWords.Of(new ToolOutcome(code, output));
        Assert.StartsWith(cause, told);
        Assert.EndsWith(".", remedy);
    }

    [Theory]
    [InlineData("Connected to:\nESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))\nFlash size 16MB GD from X\nMAC A0:B1:C2:D3:E4:F5\n",
        "ESP32-S3", 0, 16)]
    [InlineData("Connected to:\r\nESP32 (ESP32-D0WDQ6 (revision 1))\r\nFlash size 2MB\r\n", "ESP32", 1, 2)]
    [InlineData("ESP32-C3\n", "ESP32-C3", null, null)]
    public void A_chip_is_read_from_its_details(string text, string chip, int? revision, int? megabytes)
    {
        ChipDetails details = ChipDetails.Read(text)!;
        Assert.Equal((chip, revision, megabytes), (details.Chip, details.Revision, details.FlashMegabytes));
    }

    [Fact]
    public void Without_a_chip_in_them_they_are_none() => Assert.Null(ChipDetails.Read("Connected to COM3\nMAC 1\n"));

    /// <summary>A dotnet of our own; returns the PATH with it in front.</summary>
    private string Dotnet(string script)
    {
        string file = Path.Combine(_folder, "dotnet");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        FakeNanoff.MakeProgram(file);
        return _folder;
    }
}
