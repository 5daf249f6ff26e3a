namespace Ganglion.Wire;

/// <summary>All files that are made from PROTOCOL.md.</summary>
public static class WireFiles
{
    /// <summary>Where the description stands, from the root of the repository.</summary>
    public const string Protocol = "shared/Link/PROTOCOL.md";

    /// <summary>Path from the root of the repository, and text, of each file.</summary>
    /// <param name="protocol">Text of PROTOCOL.md.</param>
    /// <exception cref="FormatException">The block or a table of it lacks something; the message says what.</exception>
    public static IReadOnlyList<(string Path, string Text)> Of(string protocol)
    {
        var wire = new WireDefinition(protocol);
        var tables = new WireTables(protocol);
        var link = new LinkFiles(wire, tables);
        var config = new ConfigFiles(wire, tables);
        var host = new HostFiles(wire, tables);
        return
        [
            ("shared/Link/Definition.cs", link.Definition()),
            ("shared/Link/MessageType.cs", link.MessageType()),
            ("shared/Link/MessageLayout.cs", link.MessageLayout()),
            ("shared/Link/MessageWriter.cs", link.MessageWriter()),
            ("shared/Link/Reason.cs", link.Reason()),
            ("shared/Link/ConfigField.cs", link.ConfigField()),
            ("shared/Config/ConfigLayout.cs", config.ConfigLayout()),
            ("shared/Config/ConfigCodes.cs", config.Codes()),
            ("shared/Config/ConfigDefinitions.cs", config.Definitions()),
            ("shared/Config/PartReader.cs", config.PartReader()),
            ("host/Ganglion.Bridge/Messages/ReceivedMessages.cs", host.ReceivedMessages()),
            ("host/Ganglion.Bridge/Messages/ConfigFields.cs", host.ConfigFields()),
            ("host/Ganglion.Bridge/Messages/WalkEncoding.cs", host.WalkEncoding()),
            ("host/Ganglion.Bridge/Operations/CommandWriter.cs", host.CommandWriter()),
        ];
    }
}
