// Owns the start of the lab's own tool on a lab host: a session's command, what a boot adds to Wine's, a stand-in's service, or a step of an installer.
namespace Lab;

public static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments.FirstOrDefault())
        {
            case "--session": return SessionCommand.Run();
            case "--boot": return KeptRoots.Run();
            case "--lab-service": return Products.ProductService.Run(arguments[1..]);
            case "--lab-setup": return Products.ProductSetup.Run(arguments[1..]);
            default:
                Console.Error.WriteLine("usage: lab.exe --session | --boot | --lab-service ROLE | --lab-setup STEP VALUES");
                return 64;
        }
    }
}
