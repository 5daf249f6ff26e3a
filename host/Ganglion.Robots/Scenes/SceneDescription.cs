using System.Collections.Immutable;
using Ganglion.Basics.Space;

namespace Ganglion.Robots.Scenes;

/// <summary>What stands around an arm, in its base frame (REP-103), and how far it keeps from that and from itself. Immutable; SI
/// units.</summary>
/// <param name="Name">The scene's name.</param>
/// <param name="Clearance">Least distance of the arm's body from the table, from obstacles and from itself, m, above 0.</param>
/// <param name="Table">Height of the level table under the arm, m; null: there is none.</param>
/// <param name="Obstacles">What else stands there.</param>
public sealed record SceneDescription(string Name, double Clearance, double? Table, ImmutableArray<Obstacle> Obstacles)
{
    /// <summary>What holds where nobody describes a scene: the arm stands on a level table.</summary>
    public static SceneDescription Bare { get; } = new("bare table", SceneShapes.UsualClearance * 1e-3, 0, []);

    /// <summary>What a host is told of it: all but what is hidden.</summary>
    public SceneDescription Known => Obstacles.Any(obstacle => obstacle.IsHidden)
        ? this with { Obstacles = [.. Obstacles.Where(obstacle => !obstacle.IsHidden)] } : this;
}

/// <summary>Something that an arm must not touch.</summary>
/// <param name="Name">What it is called in messages.</param>
public abstract record Obstacle(string Name)
{
    /// <summary>It is there, and who plans the way is not told: only a sensor finds it.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>A ball.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Centre">m.</param>
/// <param name="Radius">m, above 0.</param>
public sealed record SphereObstacle(string Name, Vec3 Centre, double Radius) : Obstacle(Name);

/// <summary>A box that may be turned about the vertical.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Centre">m.</param>
/// <param name="Size">Lengths of its edges, m, above 0.</param>
/// <param name="Yaw">Its turn about z, rad.</param>
public sealed record BoxObstacle(string Name, Vec3 Centre, Vec3 Size, double Yaw) : Obstacle(Name);

/// <summary>A rod with round ends.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="From">One end of its axis, m.</param>
/// <param name="To">The other end, m.</param>
/// <param name="Radius">m, above 0.</param>
public sealed record CapsuleObstacle(string Name, Vec3 From, Vec3 To, double Radius) : Obstacle(Name);
