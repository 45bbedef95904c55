// Owns the place where the engine looks for its stock cmdlets: every runspace, fresh ones of scripts included, finds ours there.
using System.Reflection;
using System.Reflection.Emit;

namespace Lab;

public static class SnapIns
{
    private static readonly Dictionary<string, Assembly> answered = new();

    /// The engine loads five snap-in assemblies by name, which its package does not carry. The name that holds most cmdlets
    /// is answered with this program, the others with empty assemblies.
    public static void Supply()
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, asked) =>
        {
            var name = new AssemblyName(asked.Name);
            if (name.Name is null || !(name.Name.StartsWith("Microsoft.PowerShell.", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.WSMan.", StringComparison.Ordinal))) return null;
            if (name.Name.EndsWith(".resources", StringComparison.Ordinal)) return null;
            lock (answered)
            {
                if (answered.TryGetValue(name.Name, out var known)) return known;
                var assembly = name.Name == "Microsoft.PowerShell.Commands.Utility"
                    ? typeof(SnapIns).Assembly
                    : AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
                answered[name.Name] = assembly;
                return assembly;
            }
        };
    }
}
