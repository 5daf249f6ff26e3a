using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Lab.Validation;
using Ganglion.Neurons.Training;

namespace Ganglion.Lab.Tests.Validation;

public sealed class ImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-images").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void IdxFilesAreReadByTheirFormat()
    {
        (string images, string labels) = WriteIdx([0, 255, 51, 0, 0, 102], [7, 3], count: 2, height: 3, width: 1);
        var read = LabelledImages.ReadIdx(images, labels);
        Assert.Equal((1, 3, 2), (read.Width, read.Height, read.Count));
        Assert.Equal([0, 1, 0.2f, 0, 0, 0.4f], read.Pixels);
        Assert.Equal([7, 3], read.Labels);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void IdxFilesThatDoNotFitAreRefused(int count, int width)
    {
        (string images, string labels) = WriteIdx([0, 255, 51, 0, 0, 102], [7, 3], count, height: 3, width);
        Assert.Contains(images, Assert.Throws<InvalidDataException>(() => LabelledImages.ReadIdx(images, labels)).Message);
        Assert.Throws<InvalidDataException>(() => LabelledImages.ReadIdx(labels, images));
        (images, labels) = WriteIdx([0, 255, 51, 0, 0, 102], [7, 10], count: 2, height: 3, width: 1);
        Assert.Throws<InvalidDataException>(() => LabelledImages.ReadIdx(images, labels));
    }

    [Fact]
    public void EveryFifthDigitIsForTesting()
    {
        for (int digit = 0; digit < 10; digit++)
        {
            float[] pixels = [.. Enumerable.Range(0, 784 * 3).Select(i => i / 784 == 1 ? 1f : digit / 10f)];
            File.WriteAllText(Path.Combine(_folder, $"{digit}.json"), JsonSerializer.Serialize(new { data = pixels }));
        }

        (LabelledImages train, LabelledImages test) = LabelledImages.ReadNpmDigits(_folder);
        Assert.Equal((24, 6), (train.Count, test.Count));
        Assert.Equal([1, 3, 4, 6, 8, 9], test.Labels);
        Assert.Equal([1f, 0.3f], new[] { test.Pixels[0], test.Pixels[784] });
    }

    [Fact]
    public void ShiftsAndMirrorsMoveWholeImages()
    {
        // One bright pixel at (2, 1) of a 5 x 4 image.
        float[] pixels = new float[20];
        pixels[1 * 5 + 2] = 1;
        var source = new ImageSource(new LabelledImages(5, 4, pixels, [6]), shift: 1, mirror: false, seed: 1);
        float[] inputs = new float[20], targets = new float[10];
        var places = new HashSet<int>();
        for (int i = 0; i < 200; i++)
        {
            source.Fill(i, inputs, targets);
            Assert.Equal(ImageSource.Gain, inputs.Sum());
            Assert.Equal(6, targets.AsSpan().IndexOf(1f));
            places.Add(inputs.AsSpan().IndexOf(ImageSource.Gain));
        }

        Assert.Equal([1, 2, 3, 6, 7, 8, 11, 12, 13], places.Order());
    }

    /// <summary>Ten classes, each a bright row in a noisy image.</summary>
    [Fact]
    public void ANetworkLearnsToTellRowsApart()
    {
        LabelledImages train = Rows(400, 1), test = Rows(200, 2);
        TrainingPlan plan = ImageValidation.Plan("rows", train, hidden: 48, epochs: 40, threads: 1);
        using TrainingRun run = ImageValidation.Start(plan, new ImageSource(train, 0, false, 1), test);
        var accuracies = new List<double>();
        run.Run(look => accuracies.Add(look.HeldOut.Named["accuracy"]));
        Assert.True(accuracies[^1] > 0.85, $"accuracy {accuracies[^1]:p1}");
        Assert.True(accuracies[0] < 0.5, "a task solved after one epoch would prove little");
    }

    private static LabelledImages Rows(int count, ulong seed)
    {
        var random = new SeededRandom(seed, 5);
        float[] pixels = new float[count * 100];
        for (int i = 0; i < pixels.Length; i++)
        {
            int image = i / 100, row = i / 10 % 10;
            pixels[i] = (float)Math.Max(0, random.NextUniform(-0.5, 0.5) + (row == image % 10 ? 0.7 : 0.2));
        }

        return new LabelledImages(10, 10, pixels, [.. Enumerable.Range(0, count).Select(i => i % 10)]);
    }

    private (string Images, string Labels) WriteIdx(byte[] pixels, byte[] labels, int count, int height, int width)
    {
        string imagesPath = Path.Combine(_folder, "images.gz"), labelsPath = Path.Combine(_folder, "labels.gz");
        Zip(imagesPath, [.. Big(0x803), .. Big(count), .. Big(height), .. Big(width), .. pixels]);
        Zip(labelsPath, [.. Big(0x801), .. Big(labels.Length), .. labels]);
        return (imagesPath, labelsPath);
    }

    private static byte[] Big(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static void Zip(string path, byte[] bytes)
    {
        using var zip = new GZipStream(File.Create(path), CompressionMode.Compress);
        zip.Write(bytes);
    }
}
