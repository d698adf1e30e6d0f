-- Health of a PersistentVolumeClaim for Argo CD.
--
-- A volume that is made near its first pod leaves the claim pending until that pod comes. Argo CD's own script calls that
-- progress, and a sync wave with such a claim would wait for a pod of a later wave for ever.
local phase = obj.status ~= nil and obj.status.phase or "Pending"

if phase == "Lost" then
  return { status = "Degraded", message = "The volume is lost" }
end
return { status = "Healthy", message = phase }
