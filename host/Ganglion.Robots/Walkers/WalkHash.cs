using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Walkers;

/// <summary>
/// What a gait was made for: the legs, the body that they carry, the joints' ranges and the tick, and nothing else of the robot's file. A
/// comment, another baud rate, a servo that is trimmed or mounted the other way round leave a gait valid, since none of them walks.
/// </summary>
public static class WalkHash
{
    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    /// <param name="robot">A walker.</param>
    /// <exception cref="ArgumentException">It has no legs.</exception>
    public static string Of(RobotDescription robot)
    {
        WalkerLayout walker = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' has no legs.", nameof(robot));
        var text = new StringBuilder("walker");
        WalkerBody body = walker.Body;
        Add(walker.Thigh, walker.Shank, walker.Ankle, walker.HipHalfWidth);
        Add(body.Torso.Mass, body.Torso.Depth, body.Torso.Width, body.Torso.Height, body.ThighMass, body.ShankMass);
        Add(body.Sole.Mass, body.Sole.Length, body.Sole.Width, body.Sole.Friction);
        Add(body.Servo.Stiffness, body.Servo.Torque, body.Servo.Speed, body.Servo.Damping, body.Servo.Armature);
        foreach (WalkerJoint joint in walker.Joints)
        {
            Add(joint.Index, joint.Min, joint.Max);
        }

        Add(robot.Boards[0].Tick);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        // As written in the file, whatever its last bits became on the way to SI units.
        void Add(params ReadOnlySpan<double> numbers)
        {
            foreach (double number in numbers)
            {
                text.Append(CultureInfo.InvariantCulture, $" {number:G9}");
            }
        }
    }
}
