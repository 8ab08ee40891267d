export { TrutoApi } from './credentials/TrutoApi.credentials';
export { Truto } from './nodes/Truto/Truto.node';
export { TrutoTrigger } from './nodes/TrutoTrigger/TrutoTrigger.node';
export { TrutoPollingTrigger } from './nodes/TrutoPollingTrigger/TrutoPollingTrigger.node';
