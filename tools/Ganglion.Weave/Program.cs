// Puts the virtual board's counters into the firmware while the virtual board is built: FIRMWARE WOVEN. Done at each start of the
// program, it took a third of the start.
using Ganglion.Metering;

File.WriteAllBytes(args[1], InstructionWeaver.Weave(File.ReadAllBytes(args[0]), CountMode.Total, InstructionCosts.Measured).Image);
