using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Neurons.Tests.Files;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-models").FullName;

    private string ModelPath => Path.Combine(_folder, "arm.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AModelComesBackAsItWas()
    {
        TrainedModel model = SaveOne();
        var back = TrainedModel.Load(ModelPath, "arm 1");
        Assert.Equal((model.Weights.Shape, model.Weights.Constants, model.Recipe, model.Subject),
            (back.Weights.Shape, back.Weights.Constants, back.Recipe, back.Subject));
        Assert.Equal(model.Weights.Padded.ToArray(), back.Weights.Padded.ToArray());
        Assert.Equal(new Dictionary<string, string> { ["tip_mm"] = "16.1" }, back.Notes);
    }

    /// <summary>Reads the bytes by the format's own description: header length, JSON, then little-endian floats without gaps.</summary>
    [Fact]
    public void TheFileFollowsTheFormat()
    {
        LsnnWeights weights = SaveOne().Weights;
        byte[] bytes = File.ReadAllBytes(ModelPath);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal((byte)'{', bytes[8]);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal("ganglion-lsnn/1", header.RootElement.GetProperty("__metadata__").GetProperty("format").GetString());
        JsonElement recurrent = header.RootElement.GetProperty("weights.recurrent");
        Assert.Equal("F32", recurrent.GetProperty("dtype").GetString());
        Assert.Equal([20, 20], recurrent.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        int start = 8 + length + recurrent.GetProperty("data_offsets")[0].GetInt32();
        Assert.Equal(weights.Recurrent(3, 17), BitConverter.ToSingle(bytes, start + (3 * 20 + 17) * 4));
        Assert.Equal(bytes.Length, 8 + length + header.RootElement.GetProperty("weights.readout").GetProperty("data_offsets")[1]
            .GetInt32());
    }

    [Fact]
    public void AModelOfAnotherSubjectIsRefused()
    {
        SaveOne();
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => TrainedModel.Load(ModelPath, "arm 2"));
        Assert.Contains("arm 1", failure.Message);
        Assert.Contains("arm 2", failure.Message);
    }

    [Theory]
    [InlineData("short", "header")]
    [InlineData("no header end", "header")]
    [InlineData("cut", "data_offsets")]
    [InlineData("longer", "promises")]
    [InlineData("not json", "readable")]
    [InlineData("half precision", "F32")]
    [InlineData("other format", "format")]
    [InlineData("missing tensor", "weights.recurrent")]
    [InlineData("damaged shape", "damaged")]
    [InlineData("nan", "NaN")]
    public void DamagedFilesAreRefusedWithAReason(string damage, string reason)
    {
        SaveOne();
        byte[] bytes = File.ReadAllBytes(ModelPath);
        File.WriteAllBytes(ModelPath, damage switch
        {
            "short" => bytes[..5],
            "no header end" => [.. BitConverter.GetBytes(long.MaxValue), .. bytes[8..]],
            "cut" => bytes[..^100],
            "longer" => [.. bytes, 0, 0, 0, 0],
            "not json" => [.. bytes[..8], (byte)'x', .. bytes[9..]],
            "half precision" => Replace(bytes, "\"F32\"", "\"F16\""),
            "other format" => Replace(bytes, "ganglion-lsnn/1", "ganglion-lsnn/9"),
            "missing tensor" => Replace(bytes, "weights.recurrent", "weights.recurrenz"),
            "damaged shape" => Replace(bytes, "Hidden", "Hiddem"),
            _ => [.. bytes[..^4], .. BitConverter.GetBytes(float.NaN)],
        });
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => TrainedModel.Load(ModelPath));
        Assert.Contains(reason, failure.Message);
        Assert.Contains(ModelPath, failure.Message);
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFileAndNothingElse()
    {
        File.WriteAllText(ModelPath, "old");
        IOException failure = Assert.Throws<IOException>(() => AtomicFile.Write(ModelPath, stream =>
        {
            stream.Write("new"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Contains("No space left", failure.Message);
        Assert.Contains(ModelPath, failure.Message);
        Assert.Equal("old", File.ReadAllText(ModelPath));
        Assert.Equal([ModelPath], Directory.GetFiles(_folder));
    }

    private static byte[] Replace(byte[] bytes, string text, string with)
    {
        Assert.Equal(text.Length, with.Length);
        int at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));
        Assert.True(at > 0);
        Encoding.ASCII.GetBytes(with).CopyTo(bytes, at);
        return bytes;
    }

    private TrainedModel SaveOne()
    {
        var model = new TrainedModel(
            Samples.Network(hidden: 20, windows: 2, seed: 9), "arm 1", new TrainingRecipe { Updates = 5, LearningRate = 1.7e-3 },
            new Dictionary<string, string> { ["tip_mm"] = "16.1" });
        model.Save(ModelPath);
        return model;
    }
}
