// Owns the recorded state of a lab host: JSON files in one folder, which the lab manager reads too.
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lab;

public static class LabState
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    /// C:\LabState in a Wine prefix; on Linux there is no sensible default, and none is invented.
    public static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("ROLLOUT_LAB_STATE");
            if (string.IsNullOrEmpty(folder)) folder = OperatingSystem.IsWindows() ? @"C:\LabState" : null;
            if (folder is null) throw new InvalidOperationException("The lab's powershell needs recorded state for this, and ROLLOUT_LAB_STATE names no folder.");
            Directory.CreateDirectory(folder);
            return folder;
        }
    }

    public static JsonNode? Read(string name)
    {
        var path = Path.Combine(Folder, name);
        return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
    }

    /// One writer at a time over all processes of the host: a lock file, and a rename, so that no reader sees half a file.
    public static T Change<T>(string name, Func<JsonNode?, (JsonNode Next, T Answer)> change)
    {
        using var held = Hold(Path.Combine(Folder, name + ".lock"));
        var (next, answer) = change(Read(name));
        var path = Path.Combine(Folder, name);
        var part = path + "." + Environment.ProcessId + ".part";
        File.WriteAllText(part, next.ToJsonString(indented));
        File.Move(part, path, overwrite: true);
        return answer;
    }

    private static FileStream Hold(string path)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (true)
        {
            try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) when (DateTime.UtcNow < deadline) { Thread.Sleep(10); }
        }
    }
}
