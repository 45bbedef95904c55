// Owns the way in to the complete PowerShell: everything else in this program is Microsoft's.
using System.Collections;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell;

namespace Lab;

public static class Program
{
    private const BindingFlags hidden = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    public static int Main(string[] arguments)
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        LoadByName();
        return UnmanagedPSEntry.Start(arguments, arguments.Length);
    }

    /// A runspace that a script makes by default takes cmdlets from these assemblies, past the manifests that say which ones are the lab's.
    /// Without that it loads modules by name, as the session itself does: else its Restart-Computer would restart this very machine.
    private static void LoadByName()
    {
        var reader = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSSnapInReader", throwOnError: true)!;
        var stock = (IList)reader.GetProperty("DefaultMshSnapins", hidden)!.GetValue(null)!;
        for (var index = stock.Count - 1; index >= 0; index--)
        {
            var name = (string)stock[index]!.GetType().GetField("PSSnapInName", hidden)!.GetValue(stock[index])!;
            if (name is "Microsoft.PowerShell.Management" or "Microsoft.PowerShell.Utility" or "Microsoft.PowerShell.Diagnostics" or "Microsoft.WSMan.Management") stock.RemoveAt(index);
        }
    }
}
