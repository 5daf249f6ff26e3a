using System.Runtime.InteropServices;

namespace Ganglion.Basics;

/// <summary>What a path that is to be written leads to.</summary>
public static partial class OutputPlace
{
    // statx(2): the same layout on every processor.
    private const int CurrentFolder = -100, TypeWanted = 1, StatxBytes = 256, ModeAt = 28;
    private const int TypeMask = 0xF000, RegularType = 0x8000, FolderType = 0x4000;

    /// <summary>The file behind all links; it need not be there yet.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Behind(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget == null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Whether there is something that is no file on a disk: a device, a pipe, a socket. It is written through, since replacing it
    /// would take it away from whoever made it.</summary>
    public static unsafe bool IsStream(string path)
    {
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows() || Directory.Exists(full) || !File.Exists(full))
        {
            return false;
        }

        if (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return true;
        }

        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        byte* buffer = stackalloc byte[StatxBytes];
        int type = statx(CurrentFolder, full, 0, TypeWanted, buffer) == 0 ? *(ushort*)(buffer + ModeAt) & TypeMask : RegularType;
        return type is not (RegularType or FolderType);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint wanted, byte* buffer);
}
