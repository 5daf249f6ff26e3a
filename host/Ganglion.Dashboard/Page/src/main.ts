import "uplot/dist/uPlot.min.css";
import "./page.css";
import { Connection } from "./connection";
import { element, say, show } from "./dom";
import { Driver } from "./drive/driver";
import { Section, type Frame } from "./frame";
import { Lab } from "./lab/lab";
import { askForToken, enterFromAddress } from "./lock";
import { Boards } from "./panels/boards";
import { Channels } from "./panels/channels";
import { Controls } from "./panels/controls";
import { ErrorPlot } from "./panels/errorplot";
import { Events } from "./panels/events";
import { MotionPanel } from "./panels/motion";
import { Raster } from "./panels/raster";
import { TargetForm } from "./panels/targetform";
import { TimeLine } from "./panels/timeline";
import { Past } from "./past";
import { loadScene, type Scene } from "./scene";
import { Robot } from "./view/robot";

const retryAfter = 1000;

async function start(): Promise<void> {
  await enterFromAddress();
  let scene = await loadScene();
  while (scene === "locked") {
    await askForToken();
    scene = await loadScene();
  }
  run(scene);
}

function run(scene: Scene): void {
  say(element("robot"), scene.robot);
  document.title = `${scene.robot} · Ganglion`;
  show(element("virtual"), scene.virtual);
  const link = new Connection();
  const robot = new Robot(scene);
  const driver = new Driver(link, robot.target, scene);
  const controls = new Controls(scene, link, driver, robot);
  const form = scene.arm ? new TargetForm(robot.target, scene.control === "recorded") : null;
  const channels = new Channels(scene);
  channels.onSlide = (gear, stroke) => driver.slide(gear, stroke);
  const boards = new Boards(scene.boards, scene.control !== "recorded");
  const raster = new Raster(scene.neurons);
  const events = new Events(scene.recording ? seconds => link.send({ t: "line", at: seconds }) : null);
  const plot = new ErrorPlot(scene);
  const motion = new MotionPanel(scene);
  const line = new TimeLine(scene, link);
  const past = new Past(scene, before => {
    plot.take(before.seconds, before.status);
    motion.take(before);
  });
  const lab = scene.rhythm ? new Lab(scene, scene.rhythm, link) : null;
  let frame: Frame | null = null;
  let tables = 0;
  let drawn = 0;

  link.onIdentity = me => { driver.identity = me; };
  link.onRefused = why => controls.refused(why);
  driver.onWandered = () => robot.recall();
  driver.onOrder = () => lab?.settle();
  driver.onUnheard = () => controls.unheard();
  link.onPhase = (phase, words) => {
    controls.connection(phase, words);
    if (phase === "lost") {
      events.restart();
    }
  };
  link.isSame = async () => {
    const now = await loadScene();
    if (JSON.stringify(now) === JSON.stringify(scene)) {
      return true;
    }
    // Another robot, or a program that asks for its token.
    location.reload();
    return false;
  };
  link.onFrame = next => {
    raster.take(next);
    lab?.gather(next, next.status.rhythm!);
    frame = next;
  };
  const draw = (now: number): void => {
    requestAnimationFrame(draw);
    controls.silent(link.silent);
    if (!frame || now - drawn < robot.period) {
      return;
    }
    drawn = now;
    const status = frame.status;
    controls.take(status, driver.owns(status));
    driver.take(status);
    robot.take(frame, status, driver);
    if (driver.mine && frame.part(Section.Measured)) {
      // Whoever steers sees how far the tip is from the ball in his hand, whether it is on its way there or holds.
      status.error = robot.distance;
    }
    form?.take(frame, status);
    past.take(frame);
    line.take(status);
    lab?.take(status, driver.mine);
    raster.draw();
    if (now - tables > 100) {
      // People read numbers no faster.
      tables = now;
      channels.take(frame);
      channels.enable(driver.mine && !status.stopped);
      boards.take(frame);
      plot.draw();
      motion.draw(frame);
      lab?.draw(status.rhythm!);
      void events.take(status.event);
    }
    frame = null;
  };
  requestAnimationFrame(draw);
  link.open();
}

function begin(): void {
  start().catch(error => {
    const where = element("guide");
    say(where, `The program that drives the robot does not answer (${(error as Error).message}). This page tries again.`);
    setTimeout(begin, retryAfter);
  });
}

begin();
