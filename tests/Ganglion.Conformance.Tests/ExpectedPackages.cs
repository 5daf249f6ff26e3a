namespace Ganglion.Conformance.Tests;

/// <summary>The one set of nanoFramework packages that fit together (1.x line), and the assemblies in them.</summary>
internal static class ExpectedPackages
{
    public static IReadOnlyDictionary<string, string> Versions { get; } = new Dictionary<string, string>
    {
        ["nanoFramework.CoreLibrary"] = "1.17.11",
        ["nanoFramework.Hardware.Esp32"] = "1.6.40",
        ["nanoFramework.Runtime.Events"] = "1.11.37",
        ["nanoFramework.Runtime.Native"] = "1.7.11",
        ["nanoFramework.System.Device.Gpio"] = "1.1.62",
        ["nanoFramework.System.Device.I2c"] = "1.1.29",
        ["nanoFramework.System.IO.Hashing"] = "1.0.40",
        ["nanoFramework.System.IO.Ports"] = "1.1.139",
        ["nanoFramework.System.IO.Streams"] = "1.1.96",
        ["nanoFramework.System.Math"] = "1.5.116",
        ["nanoFramework.System.Text"] = "1.3.42",
    };

    /// <summary>Assembly by package: what stands in the member list, and in the HintPaths.</summary>
    public static IReadOnlyDictionary<string, string> AssemblyOf { get; } = Versions.Keys.ToDictionary(
        id => id,
        id => id switch
        {
            "nanoFramework.CoreLibrary" => "mscorlib",
            "nanoFramework.Hardware.Esp32" or "nanoFramework.Runtime.Events" or "nanoFramework.Runtime.Native"
                or "nanoFramework.System.IO.Hashing" or "nanoFramework.System.Text" => id,
            _ => id["nanoFramework.".Length..],
        });

    public static IEnumerable<string> Assemblies => AssemblyOf.Values;
}
