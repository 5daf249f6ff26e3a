using System.CommandLine;
using Ganglion.Cli;
using Ganglion.Cli.Verbs;

var root = new RootCommand("Ganglion moves robots the way nervous systems do: ESP32 boards run the rhythms and drive the joints, this host is the brain.")
{
    RunVerb.Create(),
    ReachVerb.Create(),
    TrainVerb.Create(),
    ModelVerb.Create(),
    ValidateVerb.Create(),
};
return Errors.Guard(() =>
{
    ParseResult parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
        return Errors.Usage(parsed);
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
});
