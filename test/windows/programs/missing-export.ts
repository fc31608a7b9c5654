import { SetupPersistentIScsiVolumes } from 'iscsidsc/raw';

try {
  SetupPersistentIScsiVolumes();
} catch (error) {
  process.stdout.write(JSON.stringify(error));
}
