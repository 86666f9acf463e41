namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// What is done to a disk, one operation after the other. A process may die between any two of them, and a machine may
/// forget whatever was not flushed: code that keeps something on a disk is tested with both.
/// </summary>
internal interface IDisk
{
    /// <summary>Makes one folder; its parent is there.</summary>
    void MakeFolder(string path);

    /// <summary>Makes a file that is not there yet, to be written.</summary>
    Stream Create(string path);

    /// <summary>Returns when what was written to a file lies on the disk.</summary>
    void Flush(Stream file);

    /// <summary>Returns when the names in a folder lie on the disk.</summary>
    void FlushFolder(string path);

    /// <summary>Gives a file another name, in place of whatever file has it.</summary>
    void Move(string from, string to);

    /// <summary>Gives a folder another name, which is free.</summary>
    void MoveFolder(string from, string to);

    /// <summary>Removes a file; nothing happens when there is none.</summary>
    void Delete(string path);

    /// <summary>Removes a folder with all that is in it; nothing happens when there is none.</summary>
    void DeleteFolder(string path);
}
