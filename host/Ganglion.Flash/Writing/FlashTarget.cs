namespace Ganglion.Flash.Writing;

/// <summary>
/// A build of nanoFramework's runtime that the firmware runs on. Names and the deploy partition's address are those of nf-interpreter in
/// July 2026 (targets/ESP32, partitions_nanoclr_*.csv, the same for every size of flash from 4 MB): without an address nanoff 2.5 writes a
/// classic ESP32's application into the runtime's own partition and reports success (nanoframework/Home#1835).
/// </summary>
/// <param name="Name">As nanoff calls it.</param>
/// <param name="Chip">The chip that it is for, as nanoff calls that.</param>
/// <param name="LeastRevision">The first revision of the chip that starts it; 0: any.</param>
/// <param name="Address">Where the deploy partition begins in the flash.</param>
public sealed record FlashTarget(string Name, string Chip, int LeastRevision, uint Address)
{
    /// <summary>Flash that a chip has to have, MB: below that the deploy partition has 64 kB.</summary>
    public const int LeastFlash = 4;

    /// <summary>The classic ESP32 at 240 MHz, with PSRAM or without.</summary>
    public static readonly FlashTarget Classic = new("ESP32_PSRAM_REV3", "ESP32", 3, 0x1E0000);

    /// <summary>All that are known; others run slower, have no floating-point unit, or no pins in the firmware.</summary>
    public static readonly IReadOnlyList<FlashTarget> All =
    [
        Classic,
        new("ESP32_S3_QUAD", "ESP32-S3", 0, 0x1B0000),
        new("ESP32_S3_OCTAL", "ESP32-S3", 0, 0x1B0000),
    ];

    /// <summary>What to say where the two runtimes of an ESP32-S3 come into question, which nobody can tell from outside.</summary>
    public const string WhichS3 = "an ESP32-S3 has two runtimes: give --target ESP32_S3_OCTAL for a module with octal PSRAM (its name " +
        "ends in R8 or R16), and --target ESP32_S3_QUAD for any other";

    /// <summary>That of a name; null: unknown.</summary>
    public static FlashTarget? Of(string name) => All.FirstOrDefault(one => one.Name == name);
}
