using System.Runtime.InteropServices;

namespace Ganglion.Ranks.Mpi;

/// <summary>
/// The calls of MPI that are used, by the binary interface that MPICH and its derivatives share since 2014 (MPICH ABI Compatibility
/// Initiative: MPICH from 3.1, Intel MPI from 5.0, MVAPICH2 from 2.0, Cray MPT from 7.0). Handles are 32-bit numbers there; those of Open
/// MPI are pointers, so that its library is another and is never loaded by mistake. Semantics: MPI 3.1, chapters 3, 5 and 8.
/// </summary>
internal static unsafe partial class MpiNative
{
    /// <summary>A name that no file has: <see cref="Load"/> finds the library.</summary>
    private const string Library = "ganglion-mpi";

    public const int World = 0x44000000, ErrorsReturn = 0x54000001, Float = 0x4c00040a, Byte = 0x4c00010d, Info = 0x1c000000;
    public const int Serialized = 2, Shared = 1, MaxString = 8192;

    /// <summary>MPI_ANY_SOURCE.</summary>
    public const int Anybody = -2;

    /// <summary>MPI_IN_PLACE.</summary>
    public static readonly void* InPlace = (void*)-1;

    /// <summary>MPI_STATUSES_IGNORE.</summary>
    public static readonly void* NoStatuses = (void*)1;

    private static readonly string[] Names = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib"];

    /// <summary>MPI_Status: of a message that came.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Status
    {
        private readonly int _countLow, _countHigh;

        /// <summary>Who sent it.</summary>
        public readonly int Source;

        private readonly int _tag, _error;
    }

    /// <summary>Finds the library.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Load()
    {
        nint handle = 0;
        if (!Array.Exists(Names, name => NativeLibrary.TryLoad(name, out handle)))
        {
            return false;
        }

        NativeLibrary.SetDllImportResolver(typeof(MpiNative).Assembly, (name, _, _) => name == Library ? handle : 0);
        return true;
    }

    [LibraryImport(Library, EntryPoint = "MPI_Init_thread")]
    public static partial int Init(void* argc, void* argv, int required, out int provided);

    [LibraryImport(Library, EntryPoint = "MPI_Finalize")]
    public static partial int Finalise();

    /// <summary>Ends the process at once, and runs nothing of any library.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    [LibraryImport(Library, EntryPoint = "MPI_Abort")]
    public static partial int Abort(int communicator, int code);

    [LibraryImport(Library, EntryPoint = "MPI_Get_library_version")]
    public static partial int LibraryVersion(byte* text, out int length);

    [LibraryImport(Library, EntryPoint = "MPI_Error_string")]
    public static partial int ErrorString(int code, byte* text, out int length);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_set_errhandler")]
    public static partial int SetErrorHandler(int communicator, int handler);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_rank")]
    public static partial int Rank(int communicator, out int rank);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_size")]
    public static partial int Size(int communicator, out int size);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_split_type")]
    public static partial int Split(int communicator, int kind, int key, int info, out int part);

    [LibraryImport(Library, EntryPoint = "MPI_Isend")]
    public static partial int Send(void* data, int count, int type, int to, int tag, int communicator, out int request);

    [LibraryImport(Library, EntryPoint = "MPI_Irecv")]
    public static partial int Receive(void* into, int count, int type, int from, int tag, int communicator, out int request);

    [LibraryImport(Library, EntryPoint = "MPI_Send")]
    public static partial int SendNow(void* data, int count, int type, int to, int tag, int communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Recv")]
    public static partial int ReceiveNow(void* into, int count, int type, int from, int tag, int communicator, out Status status);

    [LibraryImport(Library, EntryPoint = "MPI_Probe")]
    public static partial int Probe(int from, int tag, int communicator, out Status status);

    [LibraryImport(Library, EntryPoint = "MPI_Iprobe")]
    public static partial int ProbeNow(int from, int tag, int communicator, out int isThere, out Status status);

    [LibraryImport(Library, EntryPoint = "MPI_Get_count")]
    public static partial int Count(in Status status, int type, out int count);

    [LibraryImport(Library, EntryPoint = "MPI_Waitall")]
    public static partial int WaitAll(int count, int* requests, void* statuses);

    [LibraryImport(Library, EntryPoint = "MPI_Allgatherv")]
    public static partial int AllGather(void* send, int sendCount, int sendType, void* receive, int* counts, int* starts, int type,
        int communicator);
}
