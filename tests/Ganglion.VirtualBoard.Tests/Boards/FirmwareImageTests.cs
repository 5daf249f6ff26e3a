using System.Reflection;
using System.Reflection.Emit;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Tests.Boards;

public class FirmwareImageTests
{
    /// <summary>
    /// A class constructor runs once a process, under a lock of the runtime. A board that came to the end of its time inside
    /// one would park with that lock, and a board beside it that needs the class would never park: the world would stand still.
    /// </summary>
    [Fact]
    public async Task Boards_do_not_stop_each_other_in_class_constructors()
    {
        using var world = new VirtualWorld();
        var image = FirmwareImage.FromAssembly(WithLongClassConstructor(), "Sample.Program");
        Esp32Board[] boards = [.. Enumerable.Range(0, 3).Select(i => world.AddBoard(new BoardSetup { Name = $"board{i}" }, image))];
        await Task.Run(() => world.WaitUntil(1_000_000_000)).WaitAsync(TimeSpan.FromSeconds(60)); // a guard: it takes milliseconds
        Assert.All(boards, board => Assert.Equal(Esp32State.Halted, board.State));
    }

    /// <summary>class Program { static int[] Table = ... which takes five seconds of board time; static void Run(string) { reads it }
    /// }</summary>
    private static byte[] WithLongClassConstructor()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Sample"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("Sample");
        TypeBuilder table = module.DefineType("Sample.Table", TypeAttributes.Public | TypeAttributes.Class);
        FieldBuilder field = table.DefineField("Values", typeof(int[]), FieldAttributes.Public | FieldAttributes.Static);
        ILGenerator il = table.DefineTypeInitializer().GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, 5_000_000);
        il.Emit(OpCodes.Call, typeof(InstructionCounter).GetMethod(nameof(InstructionCounter.Add), [typeof(int)])!);
        il.Emit(OpCodes.Ldc_I4_8);
        il.Emit(OpCodes.Newarr, typeof(int));
        il.Emit(OpCodes.Stsfld, field);
        il.Emit(OpCodes.Ret);
        table.CreateType();

        TypeBuilder program = module.DefineType("Sample.Program", TypeAttributes.Public | TypeAttributes.Class);
        il = program.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [typeof(string)])
            .GetILGenerator();
        il.Emit(OpCodes.Ldsfld, field);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
        program.CreateType();
        using var stream = new MemoryStream();
        assembly.Save(stream);
        return stream.ToArray();
    }
}
