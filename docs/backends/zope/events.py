from random import random
waitForMillis = 10000
myRandomEvent = random()*waitForMillis*2
startTime = DateTime().millis()
while 1:
  now = DateTime().millis()
  elapsedTime = now - startTime
  if elapsedTime >= waitForMillis:
    return "Not fired, no event"
  if elapsedTime >= myRandomEvent:
    return " After " + str(elapsedTime) + " millis - event fired!"
return "None"
