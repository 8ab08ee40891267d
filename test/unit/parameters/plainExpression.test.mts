import { describe, expect, test } from '@jest/globals';

import { plainField } from '../../../lib/parameters/plainExpression';

const json = { id: 'a', 'run id': 'b', $x_1: 'c', none: null, nested: { id: 'd' }, zero: 0 };

describe('the value of an expression', () => {
	test.each([
		['={{ $json.id }}', 'a'],
		['={{$json.id}}', 'a'],
		['=  {{  $json.id\n}} ', 'a'],
		['={{ $json["run id"] }}', 'b'],
		["={{ $json['run id'] }}", 'b'],
		['={{ $json.$x_1 }}', 'c'],
		['={{ $json.none }}', null],
		['={{ $json.zero }}', 0],
		['={{ $json.nested }}', { id: 'd' }],
	])('%j that only names a field is read', (expression, value) => {
		expect(plainField(expression, json)).toEqual(value);
	});

	test.each([
		['another text before it', '=x{{ $json.id }}'],
		['another text behind it', '={{ $json.id }}x'],
		['a path', '={{ $json.nested.id }}'],
		['a call', '={{ $json.id.trim() }}'],
		['two of them', '={{ $json.id }}{{ $json.id }}'],
		['an operator', '={{ $json.id ?? 1 }}'],
		['quotes that differ', '={{ $json["run id\'] }}'],
		['an escape', '={{ $json["i\\x64"] }}'],
		['no expression', '{{ $json.id }}'],
		['the item of another node', '={{ $("A").item.json.id }}'],
		['a field that is not there', '={{ $json.missing }}'],
		['what every object has', '={{ $json.constructor }}'],
		['the prototype', '={{ $json.__proto__ }}'],
		['a number', 5],
	])('with %s is left to n8n', (_, expression) => {
		expect(plainField(expression, json)).toBeUndefined();
	});
});
