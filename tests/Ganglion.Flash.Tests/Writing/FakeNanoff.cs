namespace Ganglion.Flash.Tests.Writing;

/// <summary>
/// A nanoff in a folder of its own: a script that takes the command lines of release 2.5, prints what that prints, and fails where it is
/// told to. It keeps what it was asked for, and what it would have written.
/// </summary>
internal sealed class FakeNanoff
{
    /// <summary>The chip and the runtime that it finds.</summary>
    public const string Chip = "ESP32 (ESP32-D0WD-V3 (revision v3.1))", Libraries = "  mscorlib v100.5.0.24, checksum 0x1549C856";

    // As nanoFirmwareFlasher's Esp32Manager, NanoDeviceManager and Program print it; a failing one gives its code's lowest eight bits. At
    // the normal verbosity an update moves the cursor, which throws where the output is no terminal.
    private const string Script = """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$*" >> "$here/calls"
        echo "$DOTNET_ROLL_FORWARD $DOTNET_ROOT" > "$here/environment"
        printf '.NET nanoFramework Firmware Flasher v2.5.170+abcdef\nCopyright (C) 2019 .NET Foundation and nanoFramework project '
        printf 'contributors\n\n'
        for one in "$@"; do
          case "$last" in
            --serialport) port=$one ;; --image) image=$one ;; --address) address=$one ;;
          esac
          last=$one
        done
        case "$*" in
          *--nanodevice*--devicedetails*) step=compare ;;
          *--platform\ esp32*--devicedetails*) step=chip ;;
          *--update*) step=runtime ;;
          *--deploy*) step=application ;;
          *) printf 'No operation was performed with the options supplied.\n'; exit 0 ;;
        esac
        [ -e "$port" ] || { echo 'Error E4005: Failed to open specified COM port.'; exit 165; }
        [ ! -e "$here/hang-$step" ] || { echo $$ > "$here/pid"; echo hanging; exec sleep 600; }
        only=$(cat "$here/only" 2>/dev/null)
        if [ -e "$here/fail-$step" ] && [ "${only:-$port}" = "$port" ]; then
          case $step in
            chip) printf 'Reading details from chip...' ;;
            application) printf 'Flashing deployment partition...\rWriting at 0x001E1000 [==>   ]  40.0%% 4096/10240 bytes...  ' ;;
          esac
          cat "$here/fail-$step"
          exit 160
        fi
        case $step in
          chip)
            printf 'Reading details from chip...OK\n\nConnected to:\n%s\nFeatures Wi-Fi, BT, Dual Core, 240MHz\n' "$(cat "$here/chip")"
            printf 'Flash size 4MB W25Q32 from WINBOND_NEX (manufacturer 0xEF device 0x4016)\nPSRAM: undetermined\nCrystal 40MHz\n'
            printf 'MAC 24:0A:C4:12:34:56\n' ;;
          runtime)
            case "$*" in
              *--verbosity\ minimal*) printf '\n' ;;
              *)
                printf "Error E4000: Error executing ESP32 serial command. (The value must be greater than or equal to zero and less "
                printf "than the console's buffer size in that dimension. (Parameter 'top'))\n"
                exit 160 ;;
            esac ;;
          compare)
            printf '\nHAL build info: nanoCLR running @ ESP32\n  Target:   ESP32_PSRAM_REV3\n\n'
            printf 'Native Assemblies:\n%s\n' "$(cat "$here/libraries")" ;;
          application)
            cp "$image" "$here/written"
            echo "${address:-0x1B0000}" > "$here/address"
            printf 'Flashing deployment partition...\rWriting at 0x001E1000 [==>   ]  40.0%% 4096/10240 bytes...\r'
            printf 'Flash write complete.\nOK\n' ;;
        esac
        """;

    public FakeNanoff(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        Put("nanoff", Script);
        MakeProgram(At("nanoff"));
        Put("chip", Chip);
        Put("libraries", Libraries);
    }

    /// <summary>What belongs on the PATH.</summary>
    public string Folder { get; }

    /// <summary>The command lines that it was given.</summary>
    public string[] Calls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    /// <summary>What it wrote into the deploy partition, and where.</summary>
    public (byte[] Image, string Address) Written => (File.ReadAllBytes(At("written")), File.ReadAllText(At("address")).Trim());

    /// <summary>The process that went on for so long.</summary>
    public int Hanging => int.Parse(File.ReadAllText(At("pid")));

    /// <summary>Lets a step (chip, runtime, compare, application) fail with a text.</summary>
    public void Fail(string step, string text) => Put($"fail-{step}", text + "\n");

    /// <summary>Lets it fail on one port only.</summary>
    public void FailOnlyOn(string port) => Put("only", port);

    /// <summary>The variables by which a .NET tool finds its runtime.</summary>
    public string[] Environment => File.ReadAllText(At("environment")).Trim().Split(' ', 2);

    /// <summary>Lets a step go on for ten minutes.</summary>
    public void Hang(string step) => Put($"hang-{step}", "");

    public void Put(string name, string text) => File.WriteAllText(At(name), text.ReplaceLineEndings("\n"));

    /// <summary>Lets the system run a script.</summary>
    public static void MakeProgram(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private string At(string name) => Path.Combine(Folder, name);
}
