// Owns the record of the firewall (firewall.json), and waits until the lab has put it into force.
using System.Security.Cryptography;
using System.Text.Json;

namespace Lab.Devices;

public sealed class FirewallNotInForce(string message) : Exception(message);

public sealed class RecordedFirewall
{
    private const string file = "firewall.json";
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);

    public List<FirewallRule> Rules { get; set; } = [];
    public List<FirewallProfileState> Profiles { get; set; } = [new("Domain"), new("Private"), new("Public")];

    public static RecordedFirewall Read() => LabState.Read(file)?.Deserialize<RecordedFirewall>() ?? new();

    /// Throws FirewallNotInForce where the lab refused the change or did not carry it out in time.
    public static T Change<T>(Func<RecordedFirewall, T> change)
    {
        var answer = LabState.Change(file, state =>
        {
            var firewall = state?.Deserialize<RecordedFirewall>() ?? new();
            var result = change(firewall);
            return (JsonSerializer.SerializeToNode(firewall)!, result);
        });
        if (OperatingSystem.IsWindows()) Await();
        return answer;
    }

    /// Another program may change the record meanwhile: what counts is that the record as it is holds.
    private static void Await()
    {
        var until = DateTime.UtcNow + longest;
        while (DateTime.UtcNow < until)
        {
            var wanted = Convert.ToHexString(SHA256.HashData(Bytes(file) ?? [])).ToLowerInvariant();
            var said = System.Text.Encoding.UTF8.GetString(Bytes("firewall.applied") ?? []).Split('\n', 2);
            if (said[0] == wanted && said.Length == 1) return;
            if (said[0] == wanted) throw new FirewallNotInForce($"The lab could not put the firewall's rules into force: {said[1]}");
            Thread.Sleep(20);
        }
        throw new FirewallNotInForce($"The lab did not put the firewall's rules into force within {longest.TotalSeconds} s.");
    }

    /// Null while the file is being replaced.
    private static byte[]? Bytes(string name)
    {
        try
        {
            using var stream = new FileStream(Path.Combine(LabState.Folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        catch (IOException) { return null; }
        catch (UnauthorizedAccessException) { return null; }
    }
}
