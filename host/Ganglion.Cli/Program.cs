using System.Runtime.InteropServices;
using Ganglion.Cli;
using Ganglion.Cli.Verbs;

Output.Prepare();
RankedVerbs.Quieten();

// A file beyond the shell's size limit (ulimit -f) is a failed write like a full disk, not the end of a process that steers. The number is
// that of Linux and macOS; the platform's names do not have it. It is kept to the end of the process: a signal that waits to be handled
// while Main returns would end the process by its default otherwise.
const int sizeLimitSignal = 25;
PosixSignalRegistration? sizeLimit = OperatingSystem.IsWindows() ? null
    : PosixSignalRegistration.Create((PosixSignal)sizeLimitSignal, context => context.Cancel = true);
Errors.GuardThreads();
int code = Commands.Run(args);
RankedVerbs.Leave(code);
GC.KeepAlive(sizeLimit);
return code;
