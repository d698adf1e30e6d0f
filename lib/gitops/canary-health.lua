-- Health of a Flagger Canary for Argo CD.
--
-- Argo CD's own script calls a canary healthy that still shows the outcome of the release before, because Flagger has not
-- looked at the new one yet. The annotations name the ConfigMap that marks this revision, and its checksum as Flagger will
-- note it: until both agree, the release has not begun. The own script also takes waiting for a person for the worst state.
local health = { status = "Progressing", message = "Waiting for Flagger" }
local annotations = obj.metadata ~= nil and obj.metadata.annotations or {}
local status = obj.status or {}
local phase = status.phase or ""

if obj.spec ~= nil and obj.spec.suspend == true then
  return { status = "Suspended", message = "Suspended in its specification" }
end
if phase == "" then
  return health
end

health.message = phase
local condition = status.conditions ~= nil and status.conditions[1] or nil
if condition ~= nil and condition.message ~= nil then
  health.message = phase .. ": " .. condition.message
end

local marker = annotations["slipway.dev/marker-configmap"]
local checksum = annotations["slipway.dev/marker-checksum"]
local tracked = status.trackedConfigs or {}
if marker ~= nil and checksum ~= nil and tracked["configmap/" .. marker] ~= checksum then
  health.message = "Flagger has not seen this revision yet (phase " .. phase .. " is of the one before)"
  return health
end

if phase == "Failed" then
  health.status = "Degraded"
elseif phase == "Succeeded" or phase == "Initialized" then
  health.status = "Healthy"
elseif phase == "Waiting" or phase == "WaitingPromotion" then
  health.status = "Suspended"
end
return health
