using Ganglion.Basics.Space;
using Ganglion.Robots.Paths;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

public sealed class PosePathTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private PosePath Load(string text)
    {
        File.WriteAllText(_file, text);
        return PosePathFile.Load(_file);
    }

    [Fact]
    public void Times_and_places_come_through()
    {
        PosePath path = Load("# a path\n\n t_s, x_mm , y_mm,z_mm\n0,10,20,30\n# on\n2.5,10,20,130\r\n3,60,20,130\n");
        Assert.False(path.HasOrientation);
        Assert.Equal([(4, 0.0), (6, 2.5), (7, 3.0)], path.Points.Select(point => (point.Line, point.Time)));
        Assert.Equal(new Vec3(0.06, 0.02, 0.13), path.Points[2].Pose.Position);
        Assert.Equal(0.15, path.Length, 12);
        Assert.Equal(3, path.Duration);
    }

    [Fact]
    public void Speeds_become_times()
    {
        PosePath path = Load("speed_mm_s,x_mm,y_mm,z_mm\n,0,0,400\n50,30,40,400\n10,30,40,405\n");
        Assert.Equal([0, 1, 1.5], path.Points.Select(point => Math.Round(point.Time, 12)));
    }

    [Fact]
    public void Between_poses_the_tip_goes_straight_and_turns_evenly()
    {
        double half = Math.Sqrt(0.5);
        PosePath path =
            Load($"t_s,x_mm,y_mm,z_mm,qw,qx,qy,qz\n0,0,0,100,1,0,0,0\n2,100,0,200,{-half},0,0,{-half}\n");
        Pose quarter = path.At(0.5);
        Assert.Equal(0, (quarter.Position - new Vec3(0.025, 0, 0.125)).Length, 12);

        // A quarter of the way of 90 degrees about z, although the quaternion was written with the other sign.
        Assert.Equal(new Quat(Math.Cos(Math.PI / 16), 0, 0, Math.Sin(Math.PI / 16)).Z, quarter.Orientation.Z, 12);
        Assert.Equal(Math.PI / 8, Quat.Angle(quarter.Orientation, Quat.Identity), 12);
        Assert.Equal(path.Points[0].Pose, path.At(-1));
        Assert.Equal(path.Points[1].Pose, path.At(9));
    }

    [Fact]
    public void Distance_from_the_path_knows_no_time()
    {
        PosePath path = Load("t_s,x_mm,y_mm,z_mm\n0,0,0,0\n1,100,0,0\n2,100,100,0\n");
        Assert.Equal(0.003, path.DistanceFrom(new Vec3(0.08, 0.003, 0), 0.2, 1), 12);
        Assert.Equal(0.005, path.DistanceFrom(new Vec3(0.104, -0.003, 0), 0.99, 1), 12);
        Assert.Equal(0.004, path.DistanceFrom(new Vec3(0.096, 0.05, 0), 0.9, 1), 12);

        // The line that is due a second later is not looked at.
        Assert.Equal(Math.Sqrt(0.01 * 0.01 + 0.05 * 0.05), path.DistanceFrom(new Vec3(0.11, 0.05, 0), 0.2, 0.3), 12);
    }

    [Theory]
    [InlineData(1, "the file is empty", "")]
    [InlineData(1, "the columns are 'x,y,z'", "x,y,z\n1,2,3\n")]
    [InlineData(1, "the columns are", "t_s,x_mm,y_mm,z_mm,qw,qx,qy\n")]
    [InlineData(2, "no pose below", "t_s,x_mm,y_mm,z_mm\n# none\n")]
    [InlineData(2, "there are 3 values, and 4 columns", "t_s,x_mm,y_mm,z_mm\n0,1,2\n")]
    [InlineData(3, "x_mm is 'NaN'", "t_s,x_mm,y_mm,z_mm\n0,1,2,3\n1,NaN,2,3\n")]
    [InlineData(3, "z_mm is '1e999'", "t_s,x_mm,y_mm,z_mm\n0,1,2,3\n1,1,2,1e999\n")]
    [InlineData(2, "y_mm is ''", "t_s,x_mm,y_mm,z_mm\n0,1,,3\n")]
    [InlineData(2, "the first pose is due at t_s 0", "t_s,x_mm,y_mm,z_mm\n1,1,2,3\n")]
    [InlineData(4, "t_s is 1, and line 3 is due at 1", "t_s,x_mm,y_mm,z_mm\n0,1,2,3\n1,1,2,4\n1,1,2,5\n")]
    [InlineData(3, "write a speed above 0", "speed_mm_s,x_mm,y_mm,z_mm\n,1,2,3\n0,1,2,4\n")]
    [InlineData(3, "speed_mm_s is ''", "speed_mm_s,x_mm,y_mm,z_mm\n,1,2,3\n,1,2,4\n")]
    [InlineData(3, "this is the place of line 2", "speed_mm_s,x_mm,y_mm,z_mm\n,1,2,3\n5,1,2,3\n")]
    [InlineData(2, "qw to qz have length 2", "t_s,x_mm,y_mm,z_mm,qw,qx,qy,qz\n0,1,2,3,2,0,0,0\n")]
    public void Faults_are_told_with_their_line(int line, string told, string text)
    {
        RobotFileException error = Assert.Throws<RobotFileException>(() => Load(text));
        Assert.Equal(line, error.Line);
        Assert.Contains(told, error.Message);
        Assert.StartsWith($"{_file}:{line}:", error.Message);
    }

    public void Dispose() => File.Delete(_file);
}
