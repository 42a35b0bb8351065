"""What a calibration says: tables and sentences, data, a block for plans, figures."""
