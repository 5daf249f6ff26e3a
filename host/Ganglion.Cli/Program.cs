using System.CommandLine;
using Ganglion.Cli;
using Ganglion.Cli.Verbs;

var root = new RootCommand("Ganglion moves robots the way nervous systems do: ESP32 boards run the rhythms and drive the joints, this host is the brain.")
{
    RunVerb.Create(),
};
return Errors.Guard(() => root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
