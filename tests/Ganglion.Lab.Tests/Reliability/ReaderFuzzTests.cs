using Ganglion.Lab.Reliability.Readers;

namespace Ganglion.Lab.Tests.Reliability;

/// <summary>The short form of the readers' part of `ganglion bench reliability`.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("ganglion-fuzz-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Theory]
    [InlineData("tracker", 20_000)]
    [InlineData("mcap", 5_000)]
    [InlineData("safetensors", 2_000)]
    [InlineData("yaml", 1_000)]
    [InlineData("csv", 5_000)]
    public void Damaged_inputs_are_read_or_refused_in_words(string reader, int cases)
    {
        FuzzResult result = new ReaderFuzz(Shipped.HardwareFolder, _scratch.FullName, seed: 1).Run(reader, cases);
        Assert.Empty(result.Faults);
        Assert.Equal(cases, result.Cases);

        // Most damages are noticed, and some leave a good input: else nothing was tried.
        Assert.InRange(result.Refused, reader == "mcap" ? 0 : cases / 4, cases - 1);
    }

    /// <summary>Cases 15 679 and 17 452 of this seed came out of YamlDotNet as an ArgumentException.</summary>
    [Fact]
    public void A_description_that_breaks_the_yaml_library_is_refused_in_words() =>
        Assert.Empty(new ReaderFuzz(Shipped.HardwareFolder, _scratch.FullName, seed: 20261129).Run("yaml", 17_453).Faults);

    [Fact]
    public void Every_reader_is_tried() => Assert.Equal(["tracker", "mcap", "safetensors", "yaml", "csv"], ReaderFuzz.Readers);
}
