using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Scenes;

public class SceneFileTests
{
    private const string Scene = """
        kind: scene
        name: mine
        clearance_mm: 12
        table_mm: -300
        obstacles:
          - { shape: sphere, name: ball, centre_mm: { x: 100, y: 0, z: 200 }, radius_mm: 40 }
          - { shape: box, name: box, centre_mm: { x: 0, y: 300, z: 50 }, size_mm: { x: 10, y: 20, z: 30 }, turn_deg: 90 }
          - { shape: capsule, name: rod, from_mm: { x: 0, y: 0, z: 700 }, to_mm: { x: 1, y: 0, z: 800 }, radius_mm: 5 }

        """;

    [Fact]
    public void Lengths_are_metres()
    {
        SceneDescription scene = SceneFile.Parse(Encoding.UTF8.GetBytes(Scene), "mine.yaml");
        Assert.Equal("mine", scene.Name);
        Assert.Equal(0.012, scene.Clearance, 12);
        Assert.Equal(-0.3, scene.Table!.Value, 12);
        SphereObstacle ball = Assert.IsType<SphereObstacle>(scene.Obstacles[0]);
        Near(new Vec3(0.1, 0, 0.2), ball.Centre);
        Assert.Equal("ball", ball.Name);
        Assert.Equal(0.04, ball.Radius, 12);
        BoxObstacle box = Assert.IsType<BoxObstacle>(scene.Obstacles[1]);
        Near(new Vec3(0.01, 0.02, 0.03), box.Size);
        Assert.Equal(Math.PI / 2, box.Yaw, 12);
        CapsuleObstacle rod = Assert.IsType<CapsuleObstacle>(scene.Obstacles[2]);
        Near(new Vec3(0, 0, 0.7), rod.From);
        Near(new Vec3(0.001, 0, 0.8), rod.To);
        Assert.Equal(0.005, rod.Radius, 12);
    }

    private static void Near(Vec3 expected, Vec3 actual) => Assert.True((expected - actual).Length < 1e-12, $"{actual}");

    [Fact]
    public void Without_a_scene_there_is_a_table()
    {
        Assert.Equal(0, SceneDescription.Bare.Table);
        Assert.Equal(0.005, SceneDescription.Bare.Clearance, 12);
        Assert.Null(SceneFile.Parse("kind: scene\nname: free\ntable: false\n"u8, "free.yaml").Table);
    }

    [Theory]
    [InlineData("clearance_mm: 12", "clearance_mm: 0", "clearance_mm")]
    [InlineData("radius_mm: 40", "radius_mm: -1", "radius_mm")]
    [InlineData("shape: sphere", "shape: cone", "shape")]
    [InlineData("table_mm: -300", "table: false\ntable_mm: -300", "has no height")]
    [InlineData(", name: rod", "", "name")]
    public void Faults_are_told_with_their_line(string good, string bad, string words)
    {
        RobotFileException fault = Assert.Throws<RobotFileException>(() =>
            SceneFile.Parse(Encoding.UTF8.GetBytes(Scene.Replace(good, bad)), "mine.yaml"));
        Assert.Contains(words, fault.Message);
        Assert.Contains("mine.yaml:", fault.Message);
    }

    [Fact]
    public void Shipped_scenes_are_named_as_their_files()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hardware", "scenes"));
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Path.GetFileNameWithoutExtension(file), SceneFile.Load(file).Name));
    }
}
