namespace Ganglion.Shared.Legs
{
    /// <summary>Why a walker's parameters or a command were refused. A refused call changes nothing.</summary>
    public enum WalkReason : byte
    {
        /// <summary>Accepted.</summary>
        None = 0,
        /// <summary>A length of the legs, or the knee's limit, is outside the ranges of <see cref="LegGeometry"/>.</summary>
        GeometryOutOfRange = 1,
        /// <summary>The cycle is outside 0.2..10 s.</summary>
        CycleOutOfRange = 2,
        /// <summary>The duty factor is outside 0.5..0.9: below a half there would be a time of flight.</summary>
        DutyOutOfRange = 3,
        /// <summary>The lift of a foot is outside 0..0.5 m.</summary>
        LiftOutOfRange = 4,
        /// <summary>The stance (foot position, spacing, or height) is outside 0..2 m.</summary>
        StanceOutOfRange = 5,
        /// <summary>A gain of the body's motion is outside +-2 m per unit of output.</summary>
        BodyOutOfRange = 6,
        /// <summary>A bound on speed, turning or their changes is outside 0..10.</summary>
        BoundOutOfRange = 7,
        /// <summary>The ramp is outside 0.1..60 s.</summary>
        RampOutOfRange = 8,
        /// <summary>A coefficient of the phase is outside +-0.2.</summary>
        PhaseOutOfRange = 9,
        /// <summary>At the bounds of its commands a foot is further from its hip than the leg is long: lower the height,
        /// the speed or the spacing, or shorten the cycle.</summary>
        OutOfReach = 10,
        /// <summary>A foot comes so close to its hip that the knee passes its limit: raise the height or lower the lift.</summary>
        KneeTooFar = 11,
        /// <summary>A command is not a number or beyond the bounds of the parameters.</summary>
        CommandOutOfRange = 12,
        /// <summary>The number of joints is not that of the legs, a channel does not exist or is driven twice, or a
        /// calibration is no usable number.</summary>
        JointOutOfRange = 13,
        /// <summary>It walks: stop it before changing it.</summary>
        StillWalking = 14,
        /// <summary>A gain of the reflexes is outside its range.</summary>
        ReflexOutOfRange = 15,
        /// <summary>An oscillator of the network cannot be computed as it is: see the rhythm's reason.</summary>
        NetworkRefused = 16,
        /// <summary>An oscillator would come to rest: its adaptation must be at least its inhibition - 1, and its inhibition
        /// above 1 + rise / adaptation time.</summary>
        NotOscillating = 17,
        /// <summary>A force sensor is on an input that does not exist or is taken, or its scale is no usable number.</summary>
        SensorOutOfRange = 18,
        /// <summary>Both oscillators and a chess clock are to time the legs: one kind must be left 0.</summary>
        TimedTwice = 19,
        /// <summary>An entry of the table of speeds is outside its range or not in its order.</summary>
        SpeedOutOfRange = 20,
        /// <summary>An entry of the atlas is not in its order, or what it would walk with is outside its range or out of reach.</summary>
        GroundOutOfRange = 21
    }
}
