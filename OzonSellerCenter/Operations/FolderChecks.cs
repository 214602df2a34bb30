using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>Folder, disk and key file.</summary>
internal sealed class FolderChecks(IServiceProvider services)
{
    private readonly DataFolder _folder = services.GetRequiredService<DataFolder>();

    public IEnumerable<Finding> Findings()
    {
        yield return Writable();
        yield return Running();
        yield return Disk();
        yield return MasterKey();
    }

    private Finding Writable()
    {
        var probe = _folder.PathOf($"doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Good("data folder", _folder.Root);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Finding.Broken("data folder", $"{_folder.Root} cannot be written: {fault.Message} Give this user the right to, or set SellerCenter:DataDirectory.");
        }
    }

    private Finding Running()
    {
        using var folderLock = new DataFolderLock(_folder);
        try
        {
            folderLock.Take();
            return Finding.Good("app", "not running on this folder");
        }
        catch (StartUpRefusedException refused) when (refused.ExitCode == StartUpRefusedException.AlreadyRunning)
        {
            return Finding.Good("app", "running");
        }
        catch (StartUpRefusedException refused)
        {
            return Finding.Broken("app", refused.Message);
        }
    }

    private Finding Disk()
    {
        var free = new DriveInfo(_folder.Root).AvailableFreeSpace;
        var words = $"{free / (1024 * 1024)} MiB free";
        return free >= DiskCheck.EnoughBytes ? Finding.Good("disk", words) : Finding.Broken("disk", $"{words}; make room, below {DiskCheck.EnoughBytes / (1024 * 1024)} MiB the app reports itself as not ready.");
    }

    private Finding MasterKey()
    {
        var file = new FileInfo(_folder.PathOf("keys", "master.key"));
        if (!file.Exists)
        {
            return services.GetRequiredService<InstallationMarker>().Read() is null
                ? Finding.Good("keys", "none yet; the first start makes them")
                : Finding.Broken("keys", $"{file.FullName} is missing. Without it the stores' Api-Keys cannot be read: put it back from a backup, or enter the keys again.");
        }

        var others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (file.UnixFileMode & others) != 0
            ? Finding.Notice("keys", $"other users can read {file.FullName}: chmod 600 it.")
            : Finding.Good("keys", file.FullName);
    }
}
