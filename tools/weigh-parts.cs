#:project ../host/Ganglion.Robots
#:property PublishAot=false
// Writes hardware/parts/masses.csv, mass, centre and inertia of each rigid body of both arms, from the rendered parts:
//   tools/parts --frame && dotnet run tools/weigh-parts.cs artifacts/parts
using Ganglion.Robots.Parts;

if (args.Length != 1 || !File.Exists(Path.Combine(args[0], PartBodies.PlacesFile)))
{
    Console.Error.WriteLine("Give the folder that tools/parts --frame --out has rendered to.");
    return 1;
}

File.WriteAllText("hardware/parts/masses.csv", PartBodies.ToText(PartBodies.Measured(args[0])));
return 0;
