import { STUCK_AFTER_MINUTES } from '../runs/runProgress';
import { number } from './parameter';

/** An option of every operation that says whether a run is stuck. */
export const stuckAfterMinutes = number({
	displayName: 'Stuck After (Minutes)',
	name: 'stuckAfterMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: STUCK_AFTER_MINUTES,
	description: 'How long a run in progress can go without an update before it counts as stuck',
});
