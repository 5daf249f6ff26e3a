# Sourced by tools/parts --pictures: the name of each picture, the camera (a place, a turn, a distance), and what is drawn.
picture four 0,0,30,68,0,25,330 -D design=4 -D 'strokes=[0.1,0.6,0.9,0.4]'
picture three 0,0,75,70,0,40,680 -D design=3 -D 'strokes=[0.9,0.1,0.4]'
