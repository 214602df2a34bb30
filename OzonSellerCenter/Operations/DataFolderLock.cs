using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>One running copy per data folder: two would fight over files, keys and one SQLite database. Held until the process ends,
/// so a killed process leaves no stale lock behind.</summary>
internal sealed class DataFolderLock(DataFolder folder) : IDisposable
{
    private FileStream? _file;

    /// <exception cref="StartUpRefusedException">Another process holds the folder, or it cannot be written.</exception>
    public void Take()
    {
        try
        {
            _file ??= new FileStream(folder.PathOf("running.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw StartUpRefusedException.Settings(
                $"The data folder {folder.Root} cannot be written. Give this user the right to, or set SellerCenter:DataDirectory.", fault);
        }
        catch (IOException fault)
        {
            throw StartUpRefusedException.Running(
                $"The data folder {folder.Root} is in use by another running copy. Stop that one, or set SellerCenter:DataDirectory to another folder.",
                fault);
        }
    }

    public void Dispose() => _file?.Dispose();
}
