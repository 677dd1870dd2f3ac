"""The urgency check as data: the policy pack and what answers mean under it."""
